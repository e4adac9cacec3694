"""The kiosk of a labour hall: check in by ID card, take a place, leave with a slip, and the bureau knows."""
