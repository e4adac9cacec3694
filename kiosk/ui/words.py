"""Gives QML its fixed sentences: `qsTrId("ui.home.lay_card")` looks the key up in the one catalogue."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTranslator, qWarning

from kiosk.catalogue import Catalogue


class CatalogueTranslator(QTranslator):
    """A translator over a catalogue; install it and retranslate the engine to change the language."""

    def __init__(self, catalogue: Catalogue, parent: QObject | None = None) -> None:
        """Speak with the sentences of this catalogue."""
        super().__init__(parent)
        self._sentences = catalogue.sentences

    def isEmpty(self) -> bool:
        """Never empty: Qt would not ask an empty translator."""
        return False

    def translate(
        self, context: str | None, sourceText: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        """Return the sentence of a key; texts of Qt itself, which have a context, stay as they are.

        An empty answer would count as their translation.
        """
        if context:
            return sourceText
        sentence = self._sentences.get(sourceText)
        if sentence is None:
            qWarning(f"no sentence for {sourceText}")
            return ""
        return sentence
