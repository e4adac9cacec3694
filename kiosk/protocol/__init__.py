"""The rules of sync as functions without I/O: the processes and the simulator run the very same ones."""
