"""When things happen: intake, build, release, command line and Dagster graph. No business rule lives here."""
