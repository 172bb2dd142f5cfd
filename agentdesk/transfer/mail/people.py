"""Who a mail names: addresses with the names beside them, in one pass over the header, whatever stands in it."""

import re
from typing import Final, NamedTuple

from agentdesk.domain.identity import normalise_email, normalise_name
from agentdesk.transfer.mail.words import Flags, read_text

MAX_PEOPLE: Final = 1000
"""Addresses of one mail that are kept; what is more is told."""
MAX_NAME: Final = 200
_TOKEN: Final = re.compile(
    r'"(?P<quoted>(?:[^"\\]|\\.)*)"?|<(?P<inside>[^<>]*)>?|(?P<mark>[(),;:])|(?P<text>[^"<(),;:]+)', re.DOTALL
)
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)


class Person(NamedTuple):
    """Somebody as a header names them.

    Attributes:
        name: what stands beside the address; may be empty.
        address: as written; may be no address at all.
        key: the one spelling of the address; empty where it is none.
    """

    name: str
    address: str
    key: str

    @property
    def told(self) -> str:
        """`Ann Bell <ann@example.org>`."""
        return f"{self.name} <{self.address}>" if self.name and self.address else self.name or self.address


def read_people(raw: str, name: str, flags: Flags) -> list[Person]:
    """Everybody in a header, in order, at most `MAX_PEOPLE`; groups are opened, empty ones are nobody.

    Args:
        raw: the header, with bytes above ASCII as surrogates.
        name: its name, for what is said of it.
        flags: what is said of the mail.
    """
    pieces = _split(raw)
    if len(pieces) > MAX_PEOPLE:
        flags.say(f"{name} names {len(pieces):,} addresses, the first {MAX_PEOPLE:,} were kept")
    found = (_read(piece, name, flags) for piece in pieces[:MAX_PEOPLE])
    return [one for one in found if one.name or one.address]


class _Piece:
    """One of several people, while a header is gone through."""

    def __init__(self) -> None:
        self._texts: dict[str, list[str]] = {"outside": [], "inside": [], "comment": []}

    def put(self, kind: str, text: str) -> None:
        self._texts[kind].append(text)

    def drop_group(self) -> None:
        """What was read was the name of a group."""
        self._texts["outside"].clear()

    def text(self, kind: str) -> str:
        return "".join(self._texts[kind]).strip()

    def __bool__(self) -> bool:
        return any(self.text(kind) for kind in self._texts)


def _split(raw: str) -> list[_Piece]:
    """Parted at commas outside of quotes, comments and angle brackets; a quote that never ends is a letter."""
    if raw.count('"') % 2:
        raw = raw.replace('"', "")
    pieces = [_Piece()]
    depth = 0
    for found in _TOKEN.finditer(raw):
        kind, text = found.lastgroup or "", found[found.lastgroup or 0]
        if kind == "mark" and text in "()":
            depth = max(0, depth + (1 if text == "(" else -1))
        elif depth:
            pieces[-1].put("comment", found[0])
        elif kind == "mark":
            _divide(pieces, text)
        else:
            pieces[-1].put(kind if kind == "inside" else "outside", _ESCAPED.sub(r"\1", text))
    return [piece for piece in pieces if piece]


def _divide(pieces: list[_Piece], mark: str) -> None:
    if mark == ":":
        pieces[-1].drop_group()
    else:
        pieces.append(_Piece())


def _read(piece: _Piece, name: str, flags: Flags) -> Person:
    outside, inside, comment = (piece.text(kind) for kind in ("outside", "inside", "comment"))
    if not inside and "@" in outside:
        words = outside.split()
        inside = next(word for word in words if "@" in word)
        outside = " ".join(word for word in words if word is not inside)
    called = normalise_name(read_text(outside or comment, name, flags))[:MAX_NAME]
    address = read_text(inside, name, flags)[:MAX_NAME]
    key = normalise_email(address) or ""
    if called.strip("'\"").casefold() == address.casefold():
        called = ""
    return Person(called.strip("'\""), address, key)
