"""Makes devices fit for a hall: finds them, asks them gently, and walks an attendant through a drill."""
