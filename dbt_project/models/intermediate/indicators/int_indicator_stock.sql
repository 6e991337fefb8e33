-- Shares of skilled workers, from the official stock statistics.
{{ indicator_rows(ref('int_stock_total'), [
    ['skilled_share', 'skilled_total', 'employed_total'],
    ['high_skilled_share', 'high_skilled_total', 'skilled_total'],
]) }}
