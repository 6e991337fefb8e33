"""Figures: what an indicator is (its YAML in `dbt_project`), and the rows behind a number, to file, sheet and row."""
