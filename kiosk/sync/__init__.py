"""What a kiosk shares with the bureau: one pulse in a process of its own."""
