"""What is printed: documents as blocks, laid out in dots and drawn as one-bit images."""
