"""A cell as a table has it, where JSON would have a list or an object; and the apostrophe that keeps a formula asleep.

Text is guarded, and so is a telephone number that could be counted out; numbers, truths and instants are what they are.
Our own import takes exactly that apostrophe back, see `safe_text`.
"""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter
from typing import Any, Final

from agentdesk.domain.safe_text import spreadsheet_guard
from agentdesk.queries.exports.listing import Block, Kind, each
from agentdesk.transfer.exporters.protocol import Sheet

GLUE: Final = " ::: "
"""Between the texts of a list, as several systems write it and our import reads it."""
_SUSPECT: Final = frozenset("='+-@＝＋－＠\0\ufeff\t\n\r\v\f \x1c\x1d\x1e\x1f\x85\xa0") | frozenset(  # noqa: RUF001  the very characters
    map(chr, (0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000))
)
"""What text that needs a guard can begin with; nearly none does, so the rest is told by one look."""
_NUMBER: Final = re.compile(r"\+?[0-9][0-9 ().]*")
"""A telephone number in which nothing is counted together."""
_FIRST: Final = itemgetter(0)
_ENCODE: Final = json.JSONEncoder(ensure_ascii=False).encode


def flat(kind: Kind) -> Callable[[Any], Any] | None:
    """What makes one text of a list or an object; None where a cell is flat already."""
    return _FLAT.get(kind)


def flattened(sheet: Sheet, *, is_raw: bool) -> Iterator[Block]:
    """The rows with every cell a text, a number or None.

    Args:
        sheet: what is read.
        is_raw: no text is guarded.
    """
    for block in sheet:
        for place, column in enumerate(sheet.columns):
            if told := flat(column.kind):
                block[place] = each(told, block[place])
            if not is_raw and column.kind in _GUARDED:
                block[place] = guarded(block[place], is_phone=column.kind is Kind.PHONE)
        yield block


def guarded(column: Sequence[str | None], *, is_phone: bool = False) -> Sequence[str | None]:
    """A column of texts of which none begins a formula.

    Args:
        column: the texts.
        is_phone: they are telephone numbers, which stay as they are.
    """
    if _SUSPECT.isdisjoint(map(_FIRST, filter(None, column))):  # nearly always
        return column
    if is_phone:
        return list(map(_guarded_number, column))
    return list(map(_guarded, column))


def _guarded(text: Any) -> Any:
    return spreadsheet_guard(text) if text and text[0] in _SUSPECT else text


def _guarded_number(text: Any) -> Any:
    return text if not text or _NUMBER.fullmatch(text) else _guarded(text)


def _word(value: Any) -> str | None:
    return None if value is None else "true" if value else "false"


def _object(value: Any) -> str | None:
    return _ENCODE(value) if value else None


_FLAT: Final[dict[Kind, Callable[[Any], Any]]] = {
    Kind.FLAG: _word,
    Kind.TAGS: ",".join,
    Kind.LIST: GLUE.join,
    Kind.OBJECT: _object,
}
_GUARDED: Final = frozenset({Kind.TEXT, Kind.PHONE, Kind.TAGS, Kind.LIST})
