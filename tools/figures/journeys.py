"""Many journeys from card to slip in one process, telling how much memory it takes on the way.

    python -m tools.figures.journeys --data DIR --count 2000 --every 100 [--blind] [--leak BYTES]

Each line of output is JSON: journeys so far; `pss_kb`, the proportional set size as the journeys left it;
`own_kb`, what this process alone has written, with garbage collected and freed memory given back; seconds.
The sync process runs beside it, as in every hall: what both have loaded counts for half in each. Its words go
to standard error. `--blind` plays the same actions without a window, which is the baseline of the growth.
`--leak` keeps so many bytes of each journey on purpose, to see that the growth shows it.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import time
from pathlib import Path
from typing import TextIO

from kiosk.app.postponing import postpone
from tools.figures.growing import own_kb, pss_kb


def _output_for_readings() -> TextIO:
    """Return standard output for the readings alone; what the sync process says goes to standard error."""
    readings = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return readings


def main() -> None:
    """Play as the arguments say."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--count", type=int, required=True)
    parser.add_argument("--every", type=int, required=True)
    parser.add_argument("--blind", action="store_true")
    parser.add_argument("--leak", type=int, default=0, metavar="BYTES")
    options = parser.parse_args()
    readings = _output_for_readings()
    # As the screen process does, in its order.
    from kiosk.memory import give_back
    from kiosk.ui.memory import import_bindings

    import_bindings()
    postpone()
    from kiosk.app.building import open_hall
    from kiosk.app.pulse_keeper import PulseKeeper
    from kiosk.app.settings import read_settings
    from tools.figures.people import person_card
    from tools.figures.playing import BlindJourneys, SeenJourneys

    settings = read_settings(options.data)
    opened = open_hall(settings)
    pulse = PulseKeeper(settings.data_dir, {})
    pulse.start()
    journeys = BlindJourneys(opened.hall) if options.blind else SeenJourneys(opened.hall)
    gc.freeze()  # as the screen process does once all is loaded
    began = time.monotonic()
    leaked = bytearray()
    for number in range(options.count):
        journeys.play(person_card(number))
        leaked += b"x" * options.leak
        if (number + 1) % options.every == 0:
            weight = pss_kb()
            gc.collect()
            give_back()
            told = {"journeys": number + 1, "pss_kb": weight, "own_kb": own_kb()}
            print(json.dumps({**told, "seconds": time.monotonic() - began}), file=readings, flush=True)
    journeys.close()
    pulse.stop()
    opened.close()


if __name__ == "__main__":
    main()
