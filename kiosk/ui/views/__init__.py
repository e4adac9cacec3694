"""Thin view models: each offers QML finished texts and takes touches, and forwards them to the visit."""
