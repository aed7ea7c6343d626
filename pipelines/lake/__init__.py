"""The lake: published releases beside the single file, for many readers on many hosts.

A DuckLake: its catalogue in PostgreSQL, its tables as Parquet files in a folder every reader sees. The single
file stays the truth; the lake follows it, one snapshot for each release. See docs/lake.md.
"""
