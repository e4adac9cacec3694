"""What the kiosk touches: transports carry bytes, drivers give them meaning, minders own the threads."""
