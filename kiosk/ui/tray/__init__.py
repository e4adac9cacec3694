"""The demo's tray: a small window from which cards are laid down and into which paper falls."""
