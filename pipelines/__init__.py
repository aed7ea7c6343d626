"""When and where: Dagster, files, database, charts, site, command line."""

from pipelines.allocator import settle

settle()  # before any module below imports Polars
