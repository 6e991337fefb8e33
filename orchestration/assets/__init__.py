"""The graph's assets: lake (accepted rows by slot), warehouse (dbt models), release and reports.

Each module only wires; the work is in intake, build, release and dashboards.
"""
