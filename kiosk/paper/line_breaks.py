"""Where a line of Chinese, digits and Latin words may break, and how lines are balanced."""

from __future__ import annotations

from collections.abc import Callable, Sequence

NO_BREAK_SPACE = "\u00a0"
_NEVER_FIRST = frozenset("，。、：；！？）》」』】〉…％%·–—" + ",.:;!?)]}")
_NEVER_LAST = frozenset("（《「『【〈￥([{")
_PHRASE_ENDS = frozenset("，、。；")
_GLUE = frozenset("*/" + NO_BREAK_SPACE)

Measure = Callable[[str], int]
"""Gives the width of a text in dots."""


def lines_of(text: str, measure: Measure, width_dots: int) -> tuple[str, ...]:
    """Break a text into the fewest lines that fit, as even in length as they can be.

    No single character is left alone at the end. Where it costs no line, a line ends with a phrase, so that
    安全带 in a list of things stays one word. A piece longer than a line (a web address, a
    name of thirty letters) breaks wherever it must, and the number of a paper behind a dash.
    """
    pieces = [part for piece in _pieces(text) for part in _within(piece, measure, width_dots)]
    lines = _fill(pieces, measure, width_dots)
    phrases = _phrases(pieces)
    if len(phrases[-1].strip()) > 1 and max(measure(phrase.strip()) for phrase in phrases) <= width_dots:
        by_phrase = _fill(phrases, measure, width_dots)
        pieces, lines = (phrases, by_phrase) if len(by_phrase) == len(lines) else (pieces, lines)
    if len(lines) > 1:
        low, high = max(measure(piece.strip()) for piece in pieces), width_dots
        while low < high:
            middle = (low + high) // 2
            if len(_fill(pieces, measure, middle)) > len(lines):
                low = middle + 1
            else:
                high = middle
        lines = _with_company(_fill(pieces, measure, low))
    return tuple("".join(line).strip() for line in lines)


def ends_with_phrases(lines: Sequence[str]) -> bool:
    """Return whether no phrase is torn between lines."""
    return all(line[-1:] in _PHRASE_ENDS for line in lines[:-1])


def are_whole(text: str, lines: Sequence[str]) -> bool:
    """Return whether no word or number of a text is torn between its lines."""
    return all(any(piece.strip() in line for line in lines) for piece in _pieces(text))


def _with_company(lines: list[list[str]]) -> list[list[str]]:
    """Send the last piece of the line before down to a character that would stand alone at the end."""
    *rest, before, last = lines
    if len("".join(last).strip()) > 1 or len(before) < 3:
        return lines
    return [*rest, before[:-1], [before[-1], *last]]


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    for sign in text.replace("\n", " "):
        if pieces and _belong_together(pieces[-1][-1], sign):
            pieces[-1] += sign
        else:
            pieces.append(sign)
    return pieces


def _phrases(pieces: list[str]) -> list[str]:
    phrases: list[str] = []
    for piece in pieces:
        if phrases and phrases[-1].rstrip()[-1:] not in _PHRASE_ENDS:
            phrases[-1] += piece
        else:
            phrases.append(piece)
    return phrases


def _belong_together(before: str, sign: str) -> bool:
    if before == " " or (before == "·" and sign == "*"):
        return False
    if sign == " " or sign in _NEVER_FIRST or sign in _GLUE:
        return True
    if before in _NEVER_LAST or before in _GLUE:
        return True
    return _is_word_sign(before) and _is_word_sign(sign)


def _is_word_sign(sign: str) -> bool:
    return sign < "\u2000" and not sign.isspace() and sign != "·"


def _within(piece: str, measure: Measure, width_dots: int) -> list[str]:
    parts: list[str] = []
    rest = piece
    while len(rest) > 1 and measure(rest.rstrip(" ")) > width_dots:
        count = next(
            (n for n in range(len(rest) - 1, 1, -1) if measure(rest[:n]) <= width_dots),
            1,
        )
        behind_dash = rest.rfind("-", 0, count) + 1
        if behind_dash and measure(rest[behind_dash:].rstrip(" ")) <= width_dots:
            count = behind_dash
        while count > 1 and rest[count] in _NEVER_FIRST:
            count -= 1
        parts.append(rest[:count])
        rest = rest[count:]
    return [*parts, rest]


def _fill(pieces: list[str], measure: Measure, width_dots: int) -> list[list[str]]:
    lines: list[list[str]] = []
    text = ""
    for piece in pieces:
        if text.strip() and measure((text + piece).strip()) <= width_dots:
            lines[-1].append(piece)
            text += piece
        else:
            lines.append([piece])
            text = piece
    return lines
