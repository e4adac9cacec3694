"""The codes of practice: the training card that begins it, and the key that stands on its papers.

| text | what it is |
| --- | --- |
| `LG5:PRACTICE` | the training card (练习卡): whoever holds it before a scanner practises |

The card is signed by nobody. It opens nothing, names nobody and is meant to hang on the wall, where a
signature would be photographed with the rest.

Papers of practice carry codes of the usual layout, so that they look and scan like real ones, under a key id
that the bureau never gives out and signed with a key that is thrown away with the visit.
"""

from __future__ import annotations

PREFIX = "LG5:"
TRAINING_CARD = f"{PREFIX}PRACTICE"
PRACTICE_KEY_ID = 0
"""The key id in every code on a paper of practice: no kiosk and no bureau has it."""
