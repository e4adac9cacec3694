"""The process a photo decoder runs in: the photo comes on standard input, the picture goes to the output.

Libraries talk where they like, so their standard output is ours no more before they are loaded.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module


def main() -> int:
    """Call the entry point named by the first argument once; whatever it raises ends this process alone."""
    pictures = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    module, _, function = sys.argv[1].partition(":")
    picture = getattr(import_module(module), function)(sys.stdin.buffer.read())
    with os.fdopen(pictures, "wb") as out:
        out.write(bytes(picture))
    return 0


if __name__ == "__main__":
    sys.exit(main())
