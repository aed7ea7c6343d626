"""When and where: Dagster, files, database, charts, site, command line."""
