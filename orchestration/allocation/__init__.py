"""Allocation of funds: proposals, scenarios, decisions and their records. The formula itself is SQL (`dbt_project`)."""
