"""A morning in a sample hall: emulated devices, a bureau of its own, and somebody who touches the screen."""
