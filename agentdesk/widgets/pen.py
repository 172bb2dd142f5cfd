"""From one style of a terminal to the next in few bytes: only what differs is said.

Law: after `to(style)` the terminal writes as it would after a reset and `style`.
"""

from functools import lru_cache

_ENDS = {"1": "22", "2": "22", "3": "23", "4": "24", "7": "27", "ink": "39", "ground": "49"}
"""What ends an attribute; bold and faint end together."""
_UNSEEN = {"ink", "1", "2", "3"}
"""What blanks do not show."""
_COLOURS = {"38": "ink", "48": "ground"}
_LENGTHS = {"2": 5, "5": 3}
"""How many numbers a colour takes: red, green, blue, or a number of the palette."""


class Pen:
    """What a terminal writes with; it begins after a reset."""

    def __init__(self) -> None:
        self._style = ""

    def to(self, style: str, *, is_blank: bool = False) -> str:
        """What makes the terminal write in a style, by its codes; none is a reset. Blanks have no ink to be seen."""
        before = self._style
        self._style = after = _on_the_same_ground(before, style) if is_blank else style
        return "" if before == after else _step(before, after)


@lru_cache(maxsize=4096)
def _step(before: str, after: str) -> str:
    was, now = _parts(before), _parts(after)
    if was is None or now is None or not after:
        return f"\x1b[0;{after}m" if after else "\x1b[0m"
    ended = {_ENDS.get(name, "0") for name in was.keys() - now.keys()}
    if "0" in ended:
        return f"\x1b[0;{after}m"
    begun = [code for name, code in now.items() if was.get(name) != code or _ENDS.get(name) in ended]
    changed = ";".join([*sorted(ended), *begun])
    return f"\x1b[{changed}m" if changed else ""


@lru_cache(maxsize=4096)
def _on_the_same_ground(before: str, after: str) -> str:
    """What looks like `after` on blanks and is the least change from `before`."""
    was, now = _parts(before), _parts(after)
    if was is None or now is None or not (was.keys() | now.keys()) <= _UNSEEN | {"ground"}:
        return after
    kept = {name: code for name, code in was.items() if name != "ground"}
    return ";".join([*kept.values(), *[code for name, code in now.items() if name == "ground"]])


def _parts(style: str) -> dict[str, str] | None:
    """Ink, ground and attributes, each with its codes; None where one takes another away again."""
    codes, parts = style.split(";") if style else [], dict[str, str]()
    while codes:
        first = codes[0]
        length = _LENGTHS.get(codes[1], 1) if first in _COLOURS and len(codes) > 1 else 1
        parts[_name(first)] = ";".join(codes[:length])
        codes = codes[length:]
    return None if "none" in parts else parts


def _name(code: str) -> str:
    number = int(code or "0")
    if number == 0 or 22 <= number <= 29 or number in (39, 49):
        return "none"
    if 30 <= number <= 37 or 90 <= number <= 97:
        return "ink"
    if 40 <= number <= 47 or 100 <= number <= 107:
        return "ground"
    return _COLOURS.get(code, code)
