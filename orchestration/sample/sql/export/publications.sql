SELECT *, 'http://example.invalid/' || item || '/' || period AS url, NULL::DATE AS withdrawn_on FROM publication
    WHERE published_on BETWEEN $from AND $to ORDER BY published_on, item, audience
