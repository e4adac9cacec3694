"""Who this kiosk is, kept in its encrypted database since it was enrolled."""

from __future__ import annotations

from kiosk.actions.faults import WorldFault
from kiosk.actions.ports import KioskIdentity
from kiosk.domain.sentences import Sentence
from kiosk.storage.opening import OpenedStore


def kiosk_identity(opened: OpenedStore) -> KioskIdentity:
    """Return who this kiosk is; raises WorldFault when it was never enrolled."""
    with opened.store.reading() as records:
        identity = records.settings.identity()
    if identity is None:
        raise WorldFault(Sentence("cli.not_enrolled"))
    return identity
