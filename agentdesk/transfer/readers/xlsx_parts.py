"""What a workbook says about itself: its sheets, its texts, which of its numbers are dates.

XML is read as it streams in, with the parser of Python; a part with a document type is refused, so that no entity ever
grows.
"""

import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import Any, Final, NamedTuple
from xml.parsers import expat

from agentdesk.transfer.readers.archives import open_member
from agentdesk.transfer.readers.csv_reader import MAX_FIELD
from agentdesk.transfer.readers.xlsx_texts import Texts
from agentdesk.transfer.refusals import WorkbookRefusedError

_CHUNK: Final = 64 * 1024
_MANY: Final = 64
"""Pieces of a text, of which the parser makes few, before their length is asked."""
_ESCAPE: Final = re.compile("_x([0-9A-Fa-f]{4})_")
_DATES: Final = frozenset({*range(14, 18), 22, *range(27, 32), 36, *range(50, 55), 57, 58})
_TIMES: Final = frozenset({*range(18, 22), 22, *range(32, 36), 45, 47, 55, 56})
_ELAPSED: Final = 46
_LITERAL: Final = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]', re.IGNORECASE)
_WHOLE: Final = re.compile(r"""(\+|\\\+|"\+")?([#0 ]+)""")
"""A format that only fills up whole numbers, with a plus before them or without."""


class Look(NamedTuple):
    """What the format of a number shows.

    Attributes:
        date: a day.
        time: a time of day.
        elapsed: hours that count on beyond a day.
        digits: how many a whole number has at least, filled up with zeros.
        sign: what stands before it, such as the plus of a phone number.
    """

    date: bool = False
    time: bool = False
    elapsed: bool = False
    digits: int = 0
    sign: str = ""

    @property
    def is_of_time(self) -> bool:
        """Whether it shows a day, a time or a length of time."""
        return self.date or self.time or self.elapsed


class Sheet(NamedTuple):
    """One sheet.

    Attributes:
        name: what its tab says.
        part: where it is in the archive.
        is_hidden: nobody sees its tab.
    """

    name: str
    part: str
    is_hidden: bool


class Part:
    """One XML part of a workbook, as events."""

    def __init__(self, archive: zipfile.ZipFile, name: str, label: str) -> None:
        """Name the part."""
        self._archive = archive
        self._name = name
        self._label = label

    def feed(
        self,
        start: Callable[[str, dict[str, str]], None],
        end: Callable[[str], None] | None = None,
        text: Callable[[str], None] | None = None,
    ) -> Iterator[None]:
        """Call `start`, `end` and `text` for what is in the part; yield after every portion of it.

        Names of elements come without their prefixes.

        Raises:
            FileRefusedError: it is missing, broken or hostile.
        """
        names: dict[str, str] = {}

        def local(name: str) -> str:
            return names.get(name) or names.setdefault(name, name.rpartition(":")[2])

        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = lambda name, attributes: start(local(name), attributes)
        parser.StartDoctypeDeclHandler = self._refuse_type
        if end:
            parser.EndElementHandler = lambda name: end(local(name))
        if text:
            parser.CharacterDataHandler = text
        yield from self._run(parser)

    def _run(self, parser: expat.XMLParserType) -> Iterator[None]:
        try:
            info = self._archive.getinfo(self._name)
        except KeyError:
            raise WorkbookRefusedError(self._label, f"its part {self._name!r} is missing") from None
        with open_member(self._archive, info, self._label) as stream:
            while True:
                try:
                    data = stream.read(_CHUNK)
                    parser.Parse(data, not data)
                except (
                    expat.ExpatError,
                    zipfile.BadZipFile,
                    zlib.error,
                    EOFError,
                    OSError,
                    ValueError,
                ) as error:
                    raise WorkbookRefusedError(
                        self._label, f"its part {self._name!r} is broken ({error})"
                    ) from error
                yield
                if not data:
                    return

    def _refuse_type(self, *_: Any) -> None:
        raise WorkbookRefusedError(self._label, f"its part {self._name!r} declares a document type")

    def run(self, start: Callable[[str, dict[str, str]], None], **more: Any) -> None:
        """Read all of it; see `feed`."""
        for _ in self.feed(start, **more):
            pass


def unescape(text: str) -> str:
    """Take back what Excel writes for characters that XML has not: `_x000D_`."""
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


class Workbook:
    """The parts of a workbook that its sheets lean on.

    Attributes:
        sheets: in the order of their tabs.
        texts: shared by cells.
        looks: of numbers, by the style of a cell.
        is_1904: its days count from 1904.
    """

    def __init__(self, archive: zipfile.ZipFile, label: str) -> None:
        """Read them.

        Raises:
            FileRefusedError: it is broken or hostile.
        """
        self._archive = archive
        self._label = label
        self.is_1904 = False
        self._main = self._find_main()
        links = self._links(self._main)
        self.sheets = self._read_sheets({key: part for key, (_, part) in links.items()})
        parts = dict(links.values())
        self.texts = Texts()
        if "sharedStrings" in parts:
            self._read_texts(parts["sharedStrings"])
        self.looks = self._read_looks(parts["styles"]) if "styles" in parts else []

    def part(self, name: str) -> Part:
        """Return one of its parts."""
        return Part(self._archive, name, self._label)

    def _find_main(self) -> str:
        names = self._archive.namelist()
        if "_rels/.rels" in names:
            for kind, part in self._links("").values():
                if kind == "officeDocument":
                    return part
        return "xl/workbook.xml"

    def _links(self, part: str) -> dict[str, tuple[str, str]]:
        """Kind and path of what a part refers to, by id."""
        folder, _, name = part.rpartition("/")
        found: dict[str, tuple[str, str]] = {}

        def start(element: str, at: dict[str, str]) -> None:
            if element == "Relationship" and at.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/" + folder, at.get("Target", "")))
                found[at.get("Id", "")] = (at.get("Type", "").rpartition("/")[2], target.lstrip("/"))

        self.part(posixpath.join(folder, "_rels", f"{name}.rels")).run(start)
        return found

    def _read_sheets(self, links: dict[str, str]) -> list[Sheet]:
        found: list[Sheet] = []

        def start(element: str, at: dict[str, str]) -> None:
            if element == "workbookPr":
                self.is_1904 = at.get("date1904", "0") in {"1", "true"}
            elif element == "sheet" and (
                part := next((links.get(at[key]) for key in at if key.endswith(":id")), "")
            ):
                found.append(Sheet(at.get("name", ""), part, at.get("state", "visible") != "visible"))

        self.part(self._main).run(start)
        return [sheet for sheet in found if "chartsheet" not in sheet.part]

    def _read_texts(self, part: str) -> None:
        parts: list[str] = []
        inside = {"t": False, "rPh": False}

        def start(element: str, _: dict[str, str]) -> None:
            if element in inside:
                inside[element] = True

        def end(element: str) -> None:
            if element in inside:
                inside[element] = False
            elif element == "si":
                self.texts.add(unescape("".join(parts)))
                parts.clear()

        def text(data: str) -> None:
            if inside["t"] and not inside["rPh"]:
                parts.append(data)
                if len(parts) > _MANY and sum(map(len, parts)) > MAX_FIELD:
                    raise WorkbookRefusedError(self._label, f"a text is longer than {MAX_FIELD:,} characters")

        self.part(part).run(start, end=end, text=text)

    def _read_looks(self, part: str) -> list[Look]:
        codes: dict[str, str] = {}
        looks: list[Look] = []
        inside = {"cellXfs": False}

        def start(element: str, at: dict[str, str]) -> None:
            if element == "numFmt":
                codes[at.get("numFmtId", "")] = at.get("formatCode", "")
            elif element == "cellXfs":
                inside["cellXfs"] = True
            elif element == "xf" and inside["cellXfs"]:
                number = at.get("numFmtId", "0")
                looks.append(look_of(codes[number]) if number in codes else _built_in(number))

        def end(element: str) -> None:
            if element == "cellXfs":
                inside["cellXfs"] = False

        self.part(part).run(start, end=end)
        return looks


def look_of(code: str) -> Look:
    """Return what a format shows, such as `yyyy-mm-dd hh:mm`."""
    if found := _WHOLE.fullmatch(code.split(";", maxsplit=1)[0]):
        return Look(digits=found[2].count("0"), sign="+" if found[1] else "")
    bare = _LITERAL.sub("", code.split(";", maxsplit=1)[0]).lower()
    if bare.replace(" ", "") == "general":
        return Look()
    if "[" in bare:
        return Look(elapsed=True)
    has_time = "h" in bare or "s" in bare
    return Look(date="y" in bare or "d" in bare or ("m" in bare and not has_time), time=has_time)


def _built_in(number: str) -> Look:
    if not number.isascii() or not number.isdigit() or len(number) > 3:
        return Look()
    return Look(int(number) in _DATES, int(number) in _TIMES, int(number) == _ELAPSED)
