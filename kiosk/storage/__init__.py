"""What is kept: an encrypted SQLite file, its tables and queries, and the marker that stands outside it."""
