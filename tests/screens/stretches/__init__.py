"""Stretches of the tour, each a part of the worker's way that can be walked by itself."""
