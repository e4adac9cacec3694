"""What is said between kiosk and bureau: wire values and their encodings, with no I/O."""
