"""What the terminal shows already is not sent again, and a list that moved is moved by the terminal itself.

Law: a terminal that reads `lessen(data)` for each write, in order, shows what it shows after each `data`. What this does
not know (another screen, a resize, a program in between) makes it forget everything and send all. Pieces are the styled
texts of the compositor, whole: a word is never sent in parts. A row with a letter of unsure width is sent whole, and what
follows that letter is put into its column, whatever the terminal made of it; where it has marks that some terminals give
a cell of their own, what stands behind the next gap is put back in its place.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby

from agentdesk.domain.safe_text import cells, most_cells
from agentdesk.widgets.pen import Pen

_TOKEN = re.compile(
    r"\x1b\[(?P<y>\d+);(?P<x>\d+)H|\x1b\[(?P<style>[\d;]*)m|(?P<kept>\x1b\[\?(?:2026|25)[hl]|\x1b\]22;[a-z-]*\x07|\x07)"
    r"|(?P<feed>\r?\n)|(?P<text>[^\x1b\r\n\x07]+)"
)
_GAP = re.compile(r"(?<=  )(?=[^ ])")
_WIDE_GAP = " " * 4
"""Blanks before what stands at the right: it keeps its column, where words with a narrower gap give way."""
MOVED = 4
"""Rows that have to be found again further up or down before the terminal moves them."""
EDGE = 2
"""Cells at the end of a row that may differ all the same: the scrollbar."""


@dataclass(slots=True)
class Piece:
    """One styled text in its place."""

    x: int
    text: str
    style: str
    width: int
    is_sure: bool


@dataclass(slots=True)
class Line:
    """Pieces that follow each other in one row."""

    y: int
    x: int
    pieces: list[Piece] = field(default_factory=list)

    def add(self, text: str, style: str) -> None:
        """Put a text at the end; one that may grow in pieces, each with the gap behind it."""
        for part in _GAP.split(text) if may_grow(text) else [text]:
            self.pieces.append(_piece(self.end, part, style))

    @property
    def end(self) -> int:
        """The cell after the last."""
        return self.pieces[-1].x + self.pieces[-1].width if self.pieces else self.x


class Row:
    """Letters and styles of a row, cell by cell; the first cell of a text of unsure width holds all of it."""

    __slots__ = ("letters", "styles")

    def __init__(self) -> None:
        self.letters: list[str | None] = []
        self.styles: list[str | None] = []

    def put(self, piece: Piece) -> None:
        """Write a piece."""
        stop = piece.x + piece.width
        if (missing := stop - len(self.letters)) > 0:
            self.letters += [None] * missing
            self.styles += [None] * missing
        self.letters[piece.x : stop] = _letters(piece)
        self.styles[piece.x : stop] = [piece.style] * piece.width

    def has(self, piece: Piece) -> bool:
        """Whether it stands there already."""
        stop = piece.x + piece.width
        return (
            self.letters[piece.x : stop] == _letters(piece)
            and self.styles[piece.x : stop] == [piece.style] * piece.width
        )

    def copy(self) -> "Row":
        """Another one that holds the same."""
        row = Row()
        row.letters, row.styles = self.letters[:], self.styles[:]
        return row

    @property
    def is_known(self) -> bool:
        """Whether every cell of it is."""
        return None not in self.letters

    def line(self, y: int) -> Line:
        """All of it, as a line; what follows a letter of unsure width is a piece of its own."""
        line, part, parts, before = Line(y, 0), 0, list[int](), " "
        for letter in self.letters:
            part += letter != "" and not _is_one_cell(before)
            parts.append(part)
            before = letter or ""
        cells_ = zip(self.letters, self.styles, parts, strict=True)
        for (style, _), run in groupby(cells_, key=lambda one: one[1:]):
            line.add("".join(one[0] or "" for one in run), style or "")
        return line

    def is_like(self, other: "Row") -> bool:
        """Whether it is the same but for the scrollbar."""
        stop = len(self.letters) - EDGE
        return (
            len(other.letters) == len(self.letters)
            and self.letters[:stop] == other.letters[:stop]
            and self.styles[:stop] == other.styles[:stop]
        )


def _letters(piece: Piece) -> list[str | None]:
    if piece.is_sure:
        return list(piece.text)
    letters: list[str | None] = [piece.text, *[""] * piece.width]
    return letters[: piece.width]


def _is_one_cell(letter: str) -> bool:
    return len(letter) == 1 and _is_sure(letter)


class Canvas:
    """Follows what one terminal was sent."""

    def __init__(self) -> None:
        self._rows: dict[int, Row] = {}

    def forget(self) -> None:
        """The terminal may show anything: send all of the next picture."""
        self._rows.clear()

    def lessen(self, data: str) -> str:
        """The same picture in fewer bytes; the terminal has got everything that was lessened before."""
        read = _read(data)
        if read is None:
            self.forget()
            return data
        pen = Pen()
        moved = self._move([one for one in read if isinstance(one, Line) and one.pieces], pen)
        told = "".join(one if isinstance(one, str) else self._line(one, pen) for one in read)
        return moved + told + pen.to("")

    def _line(self, line: Line, pen: Pen) -> str:
        if not line.pieces:
            return _go(line.y, line.x)
        row = self._rows.setdefault(line.y, Row())
        new = [one for one in line.pieces if not row.has(one)]
        if new and not all(one.is_sure for one in line.pieces):
            new = line.pieces
        for piece in new:
            row.put(piece)
        return _told(line.y, new, pen)

    def _move(self, lines: list[Line], pen: Pen) -> str:
        """Let the terminal move the rows that stand elsewhere by now; empty where there are few."""
        wanted: dict[int, Row] = {}
        if len({line.y for line in lines}) <= MOVED:
            return ""
        for line in lines:
            row = wanted.setdefault(line.y, self._rows.get(line.y, Row()).copy())
            for piece in line.pieces:
                row.put(piece)
        known = [y for y in sorted(wanted) if y in self._rows and self._rows[y].is_known]
        for _, group in groupby(enumerate(known), key=lambda one: one[1] - one[0]):
            block = self._changed([y for _, y in group], wanted)
            if len(block) > MOVED and (by := self._moved(block, wanted)):
                return self._shift(block, by, wanted, pen)
        return ""

    def _changed(self, block: list[int], wanted: dict[int, Row]) -> list[int]:
        """The block without the rows at both ends that stay: a heading, a footer."""
        changed = [at for at, y in enumerate(block) if not wanted[y].is_like(self._rows[y])]
        return block[changed[0] : changed[-1] + 1] if changed else []

    def _moved(self, block: list[int], wanted: dict[int, Row]) -> int:
        """By how many rows up the rows of a block have moved; 0 where most stay, or too few are found again."""
        shown, rows = [self._rows[y] for y in block], [wanted[y] for y in block]
        best, size = 0, max(MOVED - 1, sum(map(Row.is_like, rows, shown)))
        for by in (step for far in range(1, len(block) - MOVED + 1) for step in (far, -far)):
            there = shown[by:] if by > 0 else shown[:by]
            count = sum(map(Row.is_like, rows if by > 0 else rows[-by:], there))
            if count > size:
                best, size = by, count
        return best

    def _shift(self, block: list[int], by: int, wanted: dict[int, Row], pen: Pen) -> str:
        first, last = block[0], block[-1]
        rows = [self._rows[y] for y in block]
        verb = f"{by}M" if by > 0 else f"{-by}L"
        told = [f"\x1b[{first + 1};{last + 1}r{_go(first, 0)}\x1b[{verb}\x1b[r"]
        for at, y in enumerate(block):
            if 0 <= at + by < len(rows):
                self._rows[y] = rows[at + by]
            else:  # what the terminal has made room for
                self._rows[y] = wanted[y].copy()
                told.append(_told(y, wanted[y].line(y).pieces, pen))
        return "".join(told)


def _told(y: int, pieces: Sequence[Piece], pen: Pen) -> str:
    """Pieces as they are sent: what may grow comes last, onto blanks, so that it moves nothing and nothing hides it."""
    growing = list(_growing(pieces))
    held = {id(one) for run in growing for one in run}
    told, at = list[str](), -1
    for piece in pieces:
        text = " " * piece.width if id(piece) in held else piece.text
        told.append(_go(y, piece.x) if piece.x != at else "")
        told.append(pen.to(piece.style, is_blank=text.isspace()) + text)
        at = piece.x + piece.width if piece.is_sure or id(piece) in held else -1
    for run in growing:
        told.append(_go(y, run[0].x))
        told += [pen.to(one.style) + (one.text.rstrip() if one is run[-1] else one.text) for one in run]
    return "".join(told)


def _growing(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """Each piece that may grow, with what follows it up to the next gap."""
    run: list[Piece] = []
    for one in pieces:
        if run and (run[-1].text.endswith("  ") or one.text.isspace() or one.text.startswith(_WIDE_GAP)):
            yield run
            run = []
        if run or may_grow(one.text):
            run.append(one)
    if run:
        yield run


@lru_cache(maxsize=1024)
def may_grow(text: str) -> bool:
    """Whether some terminals give it more cells than others."""
    return not text.isascii() and most_cells(text) > cells(text)


def _go(y: int, x: int) -> str:
    return f"\x1b[{y + 1};{x + 1}H"


def _read(data: str) -> list[Line | str] | None:
    """Lines in their places, and sequences that paint nothing; None where there is something else."""
    read: list[Line | str] = []
    at, style = 0, ""
    for found in _TOKEN.finditer(data):
        if found.start() != at:
            return None
        at = found.end()
        if found["y"]:
            _begin(read, int(found["y"]) - 1, int(found["x"]) - 1)
        elif found["style"] is not None:
            style = _styled(style, found["style"])
        elif found["kept"]:
            read.append(found["kept"])
        elif not read or isinstance(last := read[-1], str):
            return None  # nobody knows where this goes
        elif found["text"]:
            last.add(found["text"], style)
        else:
            _begin(read, last.y + 1, 0)
    return read if at == len(data) else None


def _begin(read: list[Line | str], y: int, x: int) -> None:
    if read and isinstance(read[-1], Line) and not read[-1].pieces:
        read.pop()  # moved on without a word
    read.append(Line(y, x))


def _styled(before: str, code: str) -> str:
    if code in ("", "0"):
        return ""
    return f"{before};{code}" if before else code


def _piece(x: int, text: str, style: str) -> Piece:
    is_sure = text.isascii() or all(map(_is_sure, text))
    return Piece(x, text, style, len(text) if is_sure else cells(text), is_sure)


@lru_cache(maxsize=4096)
def _is_sure(letter: str) -> bool:
    """Whether every terminal gives it one cell."""
    return (
        unicodedata.east_asian_width(letter) in "NaAH"
        and unicodedata.category(letter)[0] not in "MC"
        and cells(letter) == 1
    )
