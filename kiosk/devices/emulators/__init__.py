"""Emulated devices: byte-exact, able to misbehave, and always a process of their own beside the kiosk."""
