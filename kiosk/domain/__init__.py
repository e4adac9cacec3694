"""What is true in a labour hall: pure rules and values, with no I/O, no clock, no Qt and no SQL."""
