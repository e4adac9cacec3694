"""Words of the simulated world: its quotas, its people, and what is raised when an invariant fails."""

SEATS = "seats:t1"
SCOPE = "hall"
JOBS = ("places:j1", "places:j2")
WORKERS = tuple(f"w{n}" for n in range(12))


class Broken(AssertionError):
    """An invariant does not hold."""
