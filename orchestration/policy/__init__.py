"""Policy packs (`data/policies`): read, checked, shown, compared, tried. What they decide is SQL (`dbt_project`)."""
