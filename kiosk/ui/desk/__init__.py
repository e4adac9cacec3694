"""The admin mode free of Qt: its pages as data, what each touch does, and who is signed in."""
