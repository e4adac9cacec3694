"""The composition root: builds everything, plugs it together, and owns the order of start and stop."""
