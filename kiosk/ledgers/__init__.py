"""What is handed on as a file: a description and its records become one table, and each format writes it."""
