"""Lets `python -m kiosk` be the kiosk's command line."""

from kiosk.cli import main

if __name__ == "__main__":
    main()
