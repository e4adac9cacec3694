"""What a code scanner sends over its serial line, and what is different between scanner models."""
