"""SQLite: the catalog in a file of the data directory."""
