"""A file of vCards becomes cards: whole lines, unfolded, without the pictures; in constant memory.

Folded lines are joined as versions 3.0 and 4.0 do it, and as 2.1 does in quoted-printable and base64. What is no card,
or one without an end, is a fault that holds its text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from agentdesk.transfer.readers.text_lines import TextLines
from agentdesk.transfer.rows import Fault

OWN: Final = "X-AGENTDESK-"
"""How the properties begin that a file of rejects adds."""
MAX_CARD: Final = 1024 * 1024
"""Characters of one card, its pictures and keys aside."""

BEGIN: Final = re.compile(r"BEGIN\s*:\s*VCARD\s*\Z", re.IGNORECASE)
_END: Final = re.compile(r"END\s*:\s*VCARD\s*\Z", re.IGNORECASE)
_AGENT: Final = re.compile(r"(?:[\w-]+\.)?AGENT\b[^:]*:\s*\Z", re.IGNORECASE)
_BULKY: Final = re.compile(r"(?:[\w-]+\.)?(?:PHOTO|LOGO|SOUND|KEY|X-ABCROP-RECTANGLE)[;:]", re.IGNORECASE)
_BASE64: Final = re.compile(r"[^:]*;(?:ENCODING=)?(?:BASE64|B)[;:]", re.IGNORECASE)
_QUOTED: Final = re.compile(r"[^:]*;(?:ENCODING=)?QUOTED-PRINTABLE[;:]", re.IGNORECASE)
_PROPERTY: Final = re.compile(r"(?:[\w-]+\.)?[A-Za-z][\w-]*\s*[;:]")


@dataclass(slots=True)
class Card:
    """One vCard.

    Attributes:
        line: physical line of its BEGIN.
        raw: its lines as written, without pictures and keys, parted by line feeds.
        properties: its lines, unfolded, between BEGIN and END, each with its physical line.
        is_too_long: what is beyond `MAX_CARD` is not here.
    """

    line: int
    raw: list[str] = field(default_factory=list)
    properties: list[tuple[int, str]] = field(default_factory=list)
    size: int = 0
    is_too_long: bool = False

    @property
    def text(self) -> str:
        """The card as written."""
        return "\n".join(self.raw)

    def fault(self, reason: str, *, name: str = "", value: str = "") -> Fault:
        """Say why the whole card is not taken."""
        return Fault(self.line, name, value, reason, raw=self.text)


class _Unfolding:
    """Joins the lines of properties of one card, and leaves out pictures, cards in it, and what a file of rejects adds."""

    def __init__(self, card: Card) -> None:
        self._card = card
        self._is_soft = self._is_bulky = self._is_base64 = False
        self.depth = 0

    def take(self, number: int, line: str) -> None:
        """Take the next line inside the card."""
        card = self._card
        if self._continues(line):
            if not self._is_bulky:
                self._keep(line)
                self._join(line)
            return
        self._is_bulky = self.depth > 0 or _BULKY.match(line) is not None or line.upper().startswith(OWN)
        self._is_base64 = _BASE64.match(line) is not None
        self._is_soft = _QUOTED.match(line) is not None and line.endswith("=")
        if self._is_bulky or not line.strip():
            return
        self._keep(line)
        if not card.is_too_long:
            card.properties.append((number, line))

    def _continues(self, line: str) -> bool:
        if self._is_soft:
            return True
        if not self._card.properties and not self._is_bulky:
            return False
        if line[:1] in {" ", "\t"} and line.strip():
            return True
        return self._is_base64 and bool(line.strip()) and _PROPERTY.match(line) is None

    def _join(self, line: str) -> None:
        number, before = self._card.properties[-1]
        if self._is_soft:
            self._is_soft = line.endswith("=")
            joined = before[:-1] + line.lstrip(" \t")
        else:
            joined = before + (line.strip() if self._is_base64 else line[1:])
        if not self._card.is_too_long:
            self._card.properties[-1] = (number, joined)

    def _keep(self, line: str) -> None:
        self._card.size += len(line)
        self._card.is_too_long = self._card.size > MAX_CARD
        if not self._card.is_too_long:
            self._card.raw.append(line)


def read_cards(lines: TextLines) -> Iterator[Card | Fault]:
    """Yield every card, and a fault for what is none, in order.

    Raises:
        FileRefusedError: the file cannot be read on.
    """
    card: Card | None = None
    unfolding: _Unfolding | None = None
    outside = _Outside()
    for number, line in enumerate((line for block in lines for line in block.lines), start=1):
        text = line.rstrip("\r\n")
        if number == 1:
            text = text.removeprefix("\ufeff")
        if BEGIN.match(text):
            if card and unfolding and card.properties and _AGENT.match(card.properties[-1][1]):
                unfolding.depth += 1
            else:
                yield from outside.end()
                if card:
                    yield card.fault("is not closed: END:VCARD is missing")
                card = Card(number, [text])
                unfolding = _Unfolding(card)
                continue
        if not card or not unfolding:
            yield from outside.take(number, text)
        elif not _END.match(text):
            unfolding.take(number, text)
        elif unfolding.depth:
            unfolding.depth -= 1
        else:
            card.raw.append(text)
            yield card
            card = None
    yield from outside.end()
    if card:
        yield card.fault("is not closed: END:VCARD is missing")


class _Outside:
    """Text between the cards: the lines that follow each other are one fault."""

    def __init__(self) -> None:
        self._line = 0
        self._raw: list[str] = []
        self._size = 0

    def take(self, number: int, text: str) -> Iterator[Fault]:
        """Take a line outside a card."""
        if text.upper().startswith(OWN):
            yield from self.end()
        elif text.strip(" \t\x1a"):
            self._line = self._line or number
            self._size += len(text)
            if self._size <= MAX_CARD:
                self._raw.append(text)

    def end(self) -> Iterator[Fault]:
        """Yield what has come together."""
        if self._raw:
            yield Fault(self._line, "", "", "stands outside a vCard", raw="\n".join(self._raw))
        self._line = self._size = 0
        self._raw = []
