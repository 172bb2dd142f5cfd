"""vCards as a table: versions 2.1, 3.0 and 4.0, one row a card; its last cell is the card as it is written.

The preferred e-mail address and number come first, faxes and pagers last. What has no column is kept as lines of
`other properties`; pictures, keys and what a program notes for itself are not.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, TextIO

from agentdesk.transfer.header import Header, parse_header
from agentdesk.transfer.readers.encodings import find_encoding
from agentdesk.transfer.readers.file_kinds import VCARDS
from agentdesk.transfer.readers.json_flat import JOIN
from agentdesk.transfer.readers.sources import Source
from agentdesk.transfer.readers.text_lines import TextLines
from agentdesk.transfer.readers.vcard_lines import BEGIN, MAX_CARD, OWN, Card, read_cards
from agentdesk.transfer.readers.vcard_values import BadPropertyError, Property, parse_property
from agentdesk.transfer.rejects import RejectsFile
from agentdesk.transfer.rows import Fault, Row

SUFFIX: Final = ".rejects.vcf"
PHONES: Final = 15
"""Numbers with a column of their own; the last one takes the rest, and has no label then."""
EMAILS: Final = ("email", *(f"email {n}" for n in range(2, 7)))
"""Columns of e-mail addresses; the last one takes the rest, and has no label then."""
_ADDRESS: Final = ("street", "city", "region", "postal code", "country")
_NAME_PARTS: Final = ("last name", "first name", "middle name", "name prefix", "name suffix")
_TEXTS: Final = {
    "UID": "uid",
    "FN": "name",
    "TITLE": "job title",
    "LANG": "language",
    "NICKNAME": "nickname",
    "BDAY": "birthday",
    "ANNIVERSARY": "anniversary",
    "X-ANNIVERSARY": "anniversary",
    "X-MS-ANNIVERSARY": "anniversary",
    "X-EVOLUTION-ANNIVERSARY": "anniversary",
    "URL": "web page",
    "ROLE": "role",
}
"""Properties that are one text, and their columns; a second value of one is joined where it may have several."""
_SEVERAL: Final = frozenset({"web page", "nickname"})
COLUMNS: Final = (
    *("vcard version", "uid", "name", "first name", "middle name", "last name", "name prefix", "name suffix"),
    *("organization", "department", "job title"),
    *(name for email in EMAILS for name in (f"{email} - label", email)),
    *(f"phone {n} - {what}" for n in range(1, PHONES + 1) for what in ("label", "value")),
    *_ADDRESS,
    *(
        "language",
        "time zone",
        "categories",
        "notes",
        "nickname",
        "birthday",
        "anniversary",
        "web page",
        "role",
    ),
    *("other addresses", "other properties"),
)
PLACES: Final = {name: place for place, name in enumerate(COLUMNS)}

_SILENT: Final = frozenset(
    {"VERSION", "REV", "PRODID", "CLASS", "SORT-STRING", "SORT-AS", "MAILER", "LABEL", "AGENT", "KIND"}
    | {
        "X-ABLABEL",
        "X-ABADR",
        "X-ABUID",
        "X-ABSHOWAS",
        "X-COUCHDB-APPLICATION-ANNOTATIONS",
        "FBURL",
        "MEMBER",
    }
    | {"X-ADDRESSBOOKSERVER-KIND", "X-ADDRESSBOOKSERVER-MEMBER", "X-MS-OL-DEFAULT-POSTAL-ADDRESS"}
)
_LATE: Final = frozenset({"fax", "pager"})
_NO_LABEL: Final = frozenset(
    {
        "pref",
        "voice",
        "msg",
        "internet",
        "video",
        "text",
        "x400",
        "iphone",
        "main-number",
        "textphone",
        "quoted-printable",
    }
)
_APPLE: Final = re.compile(r"_\$!<(.*)>!\$_\Z")
_CHARSET_LINE: Final = re.compile(rb"^[^:\r\n]*;CHARSET=[^\r\n]*", re.IGNORECASE | re.MULTILINE)
_HIGH: Final = re.compile(rb"[\x80-\xff]")


class VCardTable:
    """An open file of vCards as a table; see `table.AnyTable`."""

    delimiter = ""
    rejects_suffix = SUFFIX

    def __init__(self, source: Source, *, encoding: str | None = None) -> None:
        """Decide the encoding; a line that names its own does not count.

        Args:
            source: the open bytes.
            encoding: codec, when the caller knows it.

        Raises:
            FileRefusedError: one of its kinds, for the encoding.
        """
        head = _CHARSET_LINE.sub(lambda match: _HIGH.sub(b"?", match[0]), source.head)
        verdict = find_encoding(source.label, head, encoding, structure=VCARDS)
        self.encoding = verdict.name
        self.header: Header = parse_header(source.label, COLUMNS, is_guarded=False)
        self.notes = ["Read as vCards."]
        if verdict.note:
            self.notes.append(verdict.note)
        self._lines = TextLines(source.label, source.chunks(), verdict)

    def rows(self) -> Iterator[Row | Fault]:
        """Yield a row or a fault for every card, in order.

        Raises:
            FileRefusedError: the file as a whole cannot be read on.
        """
        for one in read_cards(self._lines):
            yield self._row(one) if isinstance(one, Card) else one

    def rejects(self, path: Path) -> RejectsFile:
        """Return the file that takes rejected cards."""
        return VCardRejects(path, self.header, delimiter="", encoding=self.encoding)

    def _row(self, card: Card) -> Row | Fault:
        if card.is_too_long:
            return card.fault(f"is longer than {MAX_CARD:,} characters")
        found: list[Property] = []
        is_old = any(line.upper().replace(" ", "") == "VERSION:2.1" for _, line in card.properties)
        for number, line in card.properties:
            try:
                one = parse_property(line, is_old=is_old)
            except BadPropertyError as error:
                return card.fault(str(error), name=f"line {number}", value=line)
            if "\0" in one.value or self._lines.damage.search(one.value):
                return card.fault(f"cannot be read as {self.encoding}", name=one.name, value=one.value)
            found.append(one)
        if any(one.name.endswith("KIND") and one.text.lower() == "group" for one in found):
            return card.fault("is a group of contacts, and no contact")
        return Row(card.line, [*card_cells(found), card.text])


def card_cells(properties: Iterable[Property]) -> list[str]:
    """Return the cells of a card, one for each of `COLUMNS`."""
    found = list(properties)
    labels = {one.group: _apple(one.text) for one in found if one.name == "X-ABLABEL" and one.group}
    cells: dict[str, str] = {}
    others: list[str] = []
    for one in found:
        if one.name == "VERSION":
            cells["vcard version"] = one.text
        elif one.name in _TEXTS:
            _put_text(cells, others, one)
        elif one.name in _TAKEN:
            continue
        elif one.name not in _SILENT and one.text:
            others.append(f"{labels.get(one.group) or one.name}: {' '.join(filter(None, one.parts()))}")
    _put_name(cells, found)
    _put_organization(cells, others, found)
    _put_emails(cells, found, labels)
    cells["categories"] = ",".join(
        part for one in found if one.name == "CATEGORIES" for part in one.parts(",")
    )
    cells["notes"] = "\n".join(one.text for one in found if one.name == "NOTE" and one.text)
    _put_phones(cells, found, labels)
    _put_addresses(cells, found, labels)
    _put_zone(cells, others, found)
    cells["other properties"] = "\n".join(others)
    return [cells.get(name, "") for name in COLUMNS]


_TAKEN: Final = frozenset({"N", "ORG", "EMAIL", "CATEGORIES", "NOTE", "TEL", "ADR", "TZ"})


def _apple(text: str) -> str:
    """What a person calls a label of Apple's: `_$!<Anniversary>!$_` is Anniversary."""
    match = _APPLE.match(text)
    return match[1] if match else text


def _put_text(cells: dict[str, str], others: list[str], one: Property) -> None:
    column = _TEXTS[one.name]
    if not one.text or cells.get(column) == one.text:
        return
    if not cells.get(column):
        cells[column] = one.text
    elif column in _SEVERAL:
        cells[column] += JOIN + one.text
    else:
        others.append(f"{one.name}: {one.text}")


def _put_name(cells: dict[str, str], found: Iterable[Property]) -> None:
    parts = next((one.parts() for one in found if one.name == "N"), [])
    cells |= dict(zip(_NAME_PARTS, parts, strict=False))


def _put_organization(cells: dict[str, str], others: list[str], found: Iterable[Property]) -> None:
    organizations = [parts for one in found if one.name == "ORG" and any(parts := one.parts())]
    if organizations:
        cells["organization"], *units = organizations[0]
        cells["department"] = ", ".join(filter(None, units))
    others.extend(f"ORG: {', '.join(filter(None, parts))}" for parts in organizations[1:])


def _preferred(found: Iterable[Property], name: str) -> list[Property]:
    named = [one for one in found if one.name == name and one.text]
    return sorted(named, key=lambda one: (bool(_LATE & one.kinds), "pref" not in one.kinds))


def _put_emails(cells: dict[str, str], found: Iterable[Property], labels: dict[str, str]) -> None:
    addresses: dict[str, str] = {}
    for one in _preferred(found, "EMAIL"):
        text = one.text[7:] if one.text[:7].lower() == "mailto:" else one.text
        addresses.setdefault(text, labels.get(one.group) or _label(one))
    for place, (address, label) in enumerate(addresses.items()):
        column = EMAILS[min(place, len(EMAILS) - 1)]
        is_shared = column in cells
        cells[f"{column} - label"] = "" if is_shared else label
        cells[column] = f"{cells[column]}{JOIN}{address}" if is_shared else address


def _put_phones(cells: dict[str, str], found: Iterable[Property], labels: dict[str, str]) -> None:
    for place, one in enumerate(_preferred(found, "TEL"), start=1):
        number = one.text[4:] if one.text[:4].lower() == "tel:" else one.text
        column = f"phone {min(place, PHONES)} - value"
        label = labels.get(one.group) or _label(one)
        cells[f"phone {min(place, PHONES)} - label"] = label if place <= PHONES else ""
        cells[column] = f"{cells[column]}{JOIN}{number}" if column in cells else number


def _label(one: Property) -> str:
    kinds = {
        "mobile" if kind == "cell" else kind for kind in one.kinds - _NO_LABEL if not kind.startswith("x-")
    }
    return " ".join(sorted(kinds, key=lambda kind: (kind in _LATE, kind)))


def _put_addresses(cells: dict[str, str], found: Iterable[Property], labels: dict[str, str]) -> None:
    others: list[str] = []
    for one in _preferred(found, "ADR"):
        parts = [part.strip(", ") for part in one.parts()]
        if not any(parts):
            continue
        box, extended, street, *places = [*parts, *[""] * 7][:7]
        whole = ", ".join(filter(None, (box, extended, street)))
        if not any(name in cells for name in _ADDRESS):
            cells |= dict(zip(_ADDRESS, (whole, *places), strict=True))
        else:
            label = labels.get(one.group) or _label(one)
            told = ", ".join(filter(None, (whole, *places)))
            others.append(f"{label}: {told}" if label else told)
    cells["other addresses"] = "\n".join(others)


def _put_zone(cells: dict[str, str], others: list[str], found: Iterable[Property]) -> None:
    for one in found:
        if one.name == "TZ" and one.text:
            if "/" in one.text and "time zone" not in cells:
                cells["time zone"] = one.text
            else:
                others.append(f"TZ: {one.text}")


class VCardRejects(RejectsFile):
    """Writes the rejected cards as they are, each with two properties more: where it was, and what is wrong."""

    def begin(self, file: TextIO) -> None:
        """Say what the file is, so that it is known for one of vCards whatever stands first in it."""
        file.write(f"{OWN}REJECTS:correct the cards and import this file\r\n")

    def put(self, file: TextIO, fault: Fault) -> None:
        """Write one card with its line and its reason."""
        lines = (fault.cells[-1] if fault.cells else fault.raw or "").split("\n")
        told = [f"{OWN}LINE:{fault.line}", f"{OWN}ERROR:{fault.message}"]
        is_whole = BEGIN.match(lines[0]) is not None and lines[-1].strip().upper().startswith("END")
        lines[len(lines) - is_whole : len(lines) - is_whole] = told
        file.write("\r\n".join(lines) + "\r\n")
