"""What whoever watches over the bureau may count: rounds, entries, refusals, seconds. Nobody's name.

Labels take their values from short lists that stand in the program: routes, profiles, keys of problems.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily

from kiosk.messages.sync import SyncReply, SyncRequest

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_SECONDS = (0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0)


@dataclass(frozen=True, slots=True)
class Gauge:
    """Something that is looked up when it is asked for."""

    name: str
    told: str
    value: float


class Figures:
    """The figures of one server since its start, and beside them what is looked up each time."""

    def __init__(self) -> None:
        """Nothing happened yet."""
        self._registry = CollectorRegistry()
        self._rounds = Counter(
            "bureau_rounds", "Rounds of sync that were answered.", ["profile"], registry=self._registry
        )
        self._entries = Counter("bureau_entries", "Entries told in those rounds.", registry=self._registry)
        self._unread = Counter(
            "bureau_entries_refused", "Entries of which a kiosk was told a refusal.", registry=self._registry
        )
        self._refused = Counter(
            "bureau_requests_refused", "Requests turned away.", ["problem"], registry=self._registry
        )
        self._took = Histogram(
            "bureau_request_seconds",
            "From the whole request to the whole answer.",
            ["route"],
            buckets=_SECONDS,
            registry=self._registry,
        )

    def count_round(self, profile: str, request: SyncRequest, reply: SyncReply) -> None:
        """Count a round that was answered."""
        self._rounds.labels(profile).inc()
        self._entries.inc(len(request.events))
        self._unread.inc(len(reply.refusals))

    def count_refusal(self, problem: str) -> None:
        """Count a request that was turned away, by the key of its problem."""
        self._refused.labels(problem.removeprefix("bureau.problem.")).inc()

    def count_time(self, route: str, took_s: float) -> None:
        """Count how long an answer took; `route` is one of ours."""
        self._took.labels(route).observe(took_s)

    def text(self, look: Callable[[], Iterable[Gauge]]) -> bytes:
        """Return everything in the text form of Prometheus."""
        shown = CollectorRegistry()
        shown.register(_Looked(tuple(look())))
        return generate_latest(self._registry) + generate_latest(shown)


@dataclass(frozen=True, slots=True)
class _Looked:
    gauges: tuple[Gauge, ...]

    def collect(self) -> Iterable[GaugeMetricFamily]:
        for gauge in self.gauges:
            yield GaugeMetricFamily(gauge.name, gauge.told, value=gauge.value)
