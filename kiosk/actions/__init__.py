"""What people do, one module a verb; each action is one transaction over the ports defined here."""
