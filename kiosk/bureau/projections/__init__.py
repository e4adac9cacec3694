"""What entries mean: plain functions from entry to rows, so that the log can make the rows again."""
