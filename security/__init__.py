"""What `make check` asks about safety: known weaknesses of dependencies, credentials in files."""
