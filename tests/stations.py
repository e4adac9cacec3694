"""Station codes as bureaus give them out, for whoever draws numbers, ids and names."""

from __future__ import annotations

from string import ascii_uppercase

from hypothesis import strategies as st

STATIONS = st.text(ascii_uppercase, min_size=2, max_size=4)
"""Written out and not read from the program: a program that takes fewer letters is to be found out."""
