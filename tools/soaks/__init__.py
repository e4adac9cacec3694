"""Long runs that must stay honest, each replayed from its seed."""
