"""Prose broken into lines by terminal cells: a wide character counts two, and a word that is too long is broken."""

from agentdesk.domain.safe_text import cells


def wrap(text: str, width: int, *, first: str = "", rest: str | None = None) -> list[str]:
    """Lines of at most `width` cells; runs of spaces become one, no text gives no lines.

    Args:
        text: one safe line.
        width: cells of the page, more than the indents and two.
        first: what the first line begins with.
        rest: what the others begin with; as `first` where it is not given.
    """
    later = first if rest is None else rest
    lines: list[str] = []
    current, is_fresh = first, True
    for word in text.split():
        piece = word
        if not is_fresh and cells(current) + 1 + cells(piece) > width:
            lines.append(current)
            current, is_fresh = later, True
        while is_fresh and cells(current) + cells(piece) > width:
            fitting = _fitting(piece, width - cells(current))
            lines.append(current + fitting)
            current, piece = later, piece[len(fitting) :]
        current += piece if is_fresh else f" {piece}"
        is_fresh = False
    return lines if is_fresh else [*lines, current]


def _fitting(word: str, room: int) -> str:
    """The longest beginning of a word that fits, at least one character."""
    end = 1
    while end < len(word) and cells(word[: end + 1]) <= room:
        end += 1
    return word[:end]
