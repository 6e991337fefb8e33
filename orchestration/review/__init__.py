"""Performance review: scores of a release, self-evaluation sheets, net effect. Scores are SQL (`dbt_project`)."""
