"""A sample hall and its people, all invented, so that the program can be seen at work on any day."""
