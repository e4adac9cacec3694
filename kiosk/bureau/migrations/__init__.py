"""The bureau's schema, step by step."""
