"""Fewer bytes for the same picture: what is shown already is not sent (`canvas.py`), and a style as what differs.

Law: a terminal that reads `squeeze(data)` shows what it shows after `data`; over ssh a step of the cursor is short.
"""

import re
from functools import lru_cache
from typing import Any

from textual.driver import Driver

from agentdesk.widgets.canvas import Canvas
from agentdesk.widgets.drawn_on import drawn_on

_STYLE = re.compile(r"\x1b\[([0-9;]*)m")
_RESET = "\x1b[0m"
_PLAIN = {"22": ("1", "2"), "23": ("3",), "24": ("4",), "27": ("7",)}
"""Codes that end attributes, and which."""


def squeeze(data: str) -> str:
    """The same output with shorter changes of style."""
    kept: list[str] = []
    at, style, is_reset = 0, "", False
    for found in _STYLE.finditer(data):
        text, code = data[at : found.start()], found[1]
        at = found.end()
        if text:
            kept.append(_RESET + text if is_reset else text)
            style, is_reset = ("", False) if is_reset else (style, False)
        if code in ("", "0"):
            is_reset = True
        elif is_reset:
            kept.append(_change(style, code))
            style, is_reset = code, False
        else:
            kept.append(found[0])
            style = code if not style else f"{style};{code}"
    if is_reset:
        kept.append(_RESET)
    return "".join([*kept, data[at:]])


@lru_cache(maxsize=4096)
def _change(before: str, after: str) -> str:
    """What turns one style into another."""
    whole = f"{_RESET}\x1b[{after}m"
    if not before:
        return whole
    had, wants = _parts(before), _parts(after)
    codes = [
        code for code, ended in _PLAIN.items() if any(one in had[0] and one not in wants[0] for one in ended)
    ]
    over = {one for code in codes for one in _PLAIN[code]}
    if had[0] - wants[0] - over:
        return whole
    codes += sorted((wants[0] - had[0]) | (wants[0] & over))
    codes += [
        new or default
        for old, new, default in zip(had[1:], wants[1:], ("39", "49"), strict=True)
        if old != new
    ]
    short = f"\x1b[{';'.join(codes)}m" if codes else ""
    return min(whole, short, key=len)


def _parts(style: str) -> tuple[frozenset[str], str, str]:
    """Attributes, foreground and background of a style."""
    attributes, front, back = set(), "", ""
    codes = iter(style.split(";"))
    for code in codes:
        if code in ("38", "48"):
            kind = next(codes, "")
            colour = ";".join([code, kind, *(next(codes, "") for _ in range(3 if kind == "2" else 1))])
            front, back = (colour, back) if code == "38" else (front, colour)
        elif len(code) == 1:
            attributes.add(code)
        elif code[0] in "39" and code[:2] != "10":
            front = code
        else:
            back = code
    return frozenset(attributes), front, back


@lru_cache(maxsize=4)
def thrifty(driver: type[Driver]) -> type[Driver]:
    """The same driver, writing less."""

    class Thrifty(driver):  # type: ignore[misc, valid-type]  # the driver is the platform's
        def __init__(self, *args: Any, **named: Any) -> None:
            super().__init__(*args, **named)
            self._canvas = Canvas()
            if (terminal := drawn_on()) is not None and hasattr(self, "_file"):
                self._file = (
                    terminal  # where stderr goes to a file, what is told goes there and the picture does not
                )

        def write(self, data: str) -> None:
            """Write what differs."""
            less = self._canvas.lessen(data)
            super().write(squeeze(less) if "\x1b[0m\x1b[" in less else less)

        def forget(self) -> None:
            """The terminal may show anything by now: send the next picture whole."""
            self._canvas.forget()

    return Thrifty
