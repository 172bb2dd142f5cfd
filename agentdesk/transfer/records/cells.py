"""How a cell is read: text, instants, numbers, lengths of time, words, lists. What cannot be read says why."""

import re
from typing import Any, Final

from agentdesk.domain.identity import normalise_name
from agentdesk.domain.money import AmountError, currency_code
from agentdesk.domain.names import tag_words
from agentdesk.domain.safe_text import REPLACEMENT
from agentdesk.transfer.foreign_time import ForeignTimeError
from agentdesk.transfer.readers.json_flat import JOIN
from agentdesk.transfer.records.kind import CellError, Read, Ways

MOST: Final = 2**31 - 1
_LONE: Final = dict.fromkeys(range(0xD800, 0xE000), REPLACEMENT)
_OFFSET: Final = re.compile(r"(:\d{2}(?:\.\d+)?) ?(?:(UTC|GMT|Z)|([+-]\d{2}):?(\d{2}))$")
_CLOCK: Final = re.compile(r"(?:(\d{1,4}):)?(\d{1,4}):(\d{2})(?:\.\d+)?")
_PLAIN: Final = re.compile(r"(\d{1,10})(?:\.\d+)?\s*(?:s|sec|secs|seconds?)?", re.IGNORECASE)
_WHOLE: Final = re.compile(r"[+-]?\d{1,20}(?:\.0+)?")
_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]{0,19}://|//|mailto:")
_AFTER_HOST: Final = re.compile(r"[/?#]")
_PORT: Final = re.compile(r":\d{0,5}\Z")
_YES: Final = frozenset({"true", "yes", "y", "1", "t", "on", "published", "live", "active"})
_NO: Final = frozenset({"false", "no", "n", "0", "f", "off", "draft", "unpublished", "archived", "inactive"})


def text(cell: str, _ways: Ways) -> str:
    """One line."""
    return normalise_name(cell)


def prose(cell: str, _ways: Ways) -> str:
    """A text of many lines."""
    return cell.translate(_LONE).replace("\r\n", "\n").replace("\r", "\n").strip()


def instant(cell: str, ways: Ways) -> Any:
    """An instant, in the one way of the file; ISO also with a space before its offset."""
    try:
        return ways.times.read(_OFFSET.sub(_as_iso, cell) if ways.is_iso else cell)
    except ForeignTimeError as error:
        raise CellError(str(error)) from None


def _as_iso(found: re.Match[str]) -> str:
    return f"{found[1]}+00:00" if found[2] else f"{found[1]}{found[3]}:{found[4]}"


def number(least: int = 0, most: int = MOST) -> Read:
    """A whole number between two."""

    def read(cell: str, _ways: Ways) -> int:
        if not _WHOLE.fullmatch(cell) or not least <= (value := int(cell.partition(".")[0])) <= most:
            raise CellError(f"is no whole number from {least} to {most:,}")
        return value

    return read


def seconds(cell: str, _ways: Ways) -> int:
    """Seconds, of `95`, `1:35` or `0:01:35`."""
    if found := _PLAIN.fullmatch(cell):
        value = int(found[1])
    elif (found := _CLOCK.fullmatch(cell)) and int(found[3]) < 60 and not (found[1] and int(found[2]) > 59):
        value = int(found[1] or 0) * 3600 + int(found[2]) * 60 + int(found[3])
    else:
        raise CellError("is no length of time; write seconds, mm:ss or hh:mm:ss")
    if value > MOST:
        raise CellError("is longer than any call")
    return value


def flag(cell: str, _ways: Ways) -> bool:
    """Yes or no."""
    word = cell.casefold()
    if word in _YES or word in _NO:
        return word in _YES
    raise CellError("is neither yes nor no")


def currency(cell: str, _ways: Ways) -> str:
    """The code of a currency."""
    try:
        return currency_code(cell)
    except AmountError as error:
        raise CellError(str(error)) from None


def tags(cell: str, _ways: Ways) -> list[str]:
    """Tags, as the desk keeps them."""
    return tag_words(normalise_name(one) for one in _several(cell))


def domains(cell: str, _ways: Ways) -> list[str]:
    """Mail domains in small letters, each once: of an address or a URL only its domain."""
    named = (_domain(normalise_name(one).casefold()) for one in _several(cell))
    return list(dict.fromkeys(one for one in named if one))


def _domain(text: str) -> str:
    """`https://www.acme.example:443/about` is `acme.example`."""
    host = _SCHEME.sub("", text, count=1) if _SCHEME.match(text) else text
    host = _AFTER_HOST.split(host, maxsplit=1)[0].rpartition("@")[2]
    return _PORT.sub("", host).removesuffix(".").removeprefix("www.")


def _several(cell: str) -> list[str]:
    for mark in (JOIN, "~~~", "|", ";", "\n"):
        cell = cell.replace(mark, ",")
    return cell.split(",")
