"""One JSON value from text, strictly: what the json module takes silently and no store can keep is a fault.

Refused: a key that is there twice, NaN and infinities, whole numbers of more than 64 bits, characters that are none
(lone surrogates, NUL), nesting deeper than `MAX_DEPTH`. Null, an empty text and a missing key stay three things.
"""

import json
import re
from typing import Any, Final, NamedTuple

from agentdesk.transfer.readers.text_lines import DAMAGE
from agentdesk.transfer.rows import Fault

MAX_DEPTH: Final = 100
"""Lists and objects in one another."""
MAX_OBJECT: Final = 1024 * 1024
"""Characters of one object."""

_INT64: Final = 2**63
# A text ends at its quote, or, where that was forgotten, with its line.
_TOKENS: Final = re.compile(r'"(?:[^"\\]++|\\.)*+(?:"|\Z)|[\[\]{}]', re.DOTALL)
_LINE_TOKENS: Final = re.compile(r'"(?:[^"\\\n]++|\\.)*+(?:"|(?=\n)|\Z)|[\[\]{}]')
_NEXT: Final = re.compile(r"\s*+(?:[,\]}]|\Z)")
_ODD: Final = re.compile(r"[\ud800-\udfff\0]")
_KINDS: Final[dict[type, str]] = {
    str: "a text",
    bool: "true or false",
    int: "a number",
    float: "a number",
    list: "a list",
}


class JsonRecord(NamedTuple):
    """One object of a file.

    Attributes:
        line: physical line where it begins.
        value: the object; keys in the order of the file.
        text: the object as it is written.
    """

    line: int
    value: dict[str, Any]
    text: str


class RefusedValueError(ValueError):
    """A value that is JSON by the letter, or nearly, and is not taken."""

    def __init__(self, key: str, value: str, reason: str) -> None:
        """Say what is wrong, as the parts of a `Fault`."""
        super().__init__(reason)
        self.key = key
        self.value = value
        self.reason = reason


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise RefusedValueError(twice, "", "is there twice in one object; keep one of them")
    return found


def _whole(digits: str) -> int:
    if len(digits) < 19:
        return int(digits)
    if len(digits) > 20 or not -_INT64 <= (number := int(digits)) < _INT64:
        raise RefusedValueError("", digits, "is a number too large to be kept; put it in quotes")
    return number


def _fraction(digits: str) -> float:
    number = float(digits)
    if number in (float("inf"), float("-inf")):
        raise RefusedValueError("", digits, "is a number too large to be kept; put it in quotes")
    return number


def _constant(word: str) -> Any:
    raise RefusedValueError("", word, "is no number of JSON; null says that there is none")


_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=_pairs, parse_int=_whole, parse_float=_fraction, parse_constant=_constant
)


def raw_value(text: str, at: int) -> tuple[Any, int]:
    """Read the value that begins at a place; return it and where it ends.

    Raises:
        json.JSONDecodeError: it is broken, or not all of it is there.
        RefusedValueError: it is whole and not taken.
        RecursionError: it is nested beyond all reason.
    """
    return _DECODER.raw_decode(text, at)


def find_end(text: str, at: int) -> int:
    """Where a value with brackets ends by its brackets alone, broken or not; -1 when that is not at hand.

    Two readings are tried, with texts that run over line ends and without: the first end that something may follow wins.
    """
    ends = [end for tokens in (_TOKENS, _LINE_TOKENS) if (end := _closes(tokens, text, at)) >= 0]
    fitting = [end for end in ends if _NEXT.match(text, end)]
    return min(fitting or ends, default=-1)


def _closes(tokens: re.Pattern[str], text: str, at: int) -> int:
    depth = 0
    for match in tokens.finditer(text, at):
        mark = match[0]
        if mark in "[{":
            depth += 1
        elif mark in "]}":
            depth -= 1
            if depth <= 0:
                return match.end()
    return -1


def read_object(line: int, text: str) -> JsonRecord | Fault:
    """Read the text of one object, or say what is wrong with it.

    Args:
        line: physical line where it begins.
        text: all of it; blanks around it do not count.
    """
    try:
        value, end = _DECODER.raw_decode(text)
        if text[end:].strip():
            return _broken(line, text, end, "there is more after its end")
    except json.JSONDecodeError as error:
        return _broken(line, text, error.pos, error.msg[0].lower() + error.msg[1:])
    except (RefusedValueError, RecursionError) as error:
        return refused(line, text, error)
    return checked(line, value, text[:end])


def checked(line: int, value: Any, text: str) -> JsonRecord | Fault:
    """Check what the decoder lets through: the kind, the depth, the size, and every character."""
    if not isinstance(value, dict):
        return Fault(line, "", "", f"is {kind_of(value)} where an object is expected", raw=text)
    if len(text) > MAX_OBJECT:
        return Fault(line, "", "", f"is longer than {MAX_OBJECT:,} characters", raw=text)
    if text.count("{") + text.count("[") > MAX_DEPTH and _depth(text) > MAX_DEPTH:
        return Fault(line, "", "", f"is nested deeper than {MAX_DEPTH}", raw=text)
    if (not text.isascii() or "\\u" in text) and (found := _odd(value, "")):
        return Fault(line, *found, raw=text)
    return JsonRecord(line, value, text)


def kind_of(value: Any) -> str:
    """What a person calls a value."""
    return "nothing" if value is None else _KINDS.get(type(value), "an object")


def refused(line: int, text: str, error: RefusedValueError | RecursionError) -> Fault:
    """The fault of an object that was read and not taken."""
    if isinstance(error, RefusedValueError):
        return Fault(line, error.key, error.value, error.reason, raw=text)
    return Fault(line, "", "", f"is nested deeper than {MAX_DEPTH}", raw=text)


def _broken(line: int, text: str, place: int, reason: str) -> Fault:
    before = text[:place]
    column = place - (before.rfind("\n") + 1) + 1
    where = f"line {line + before.count(chr(10))}, column {column}"
    return Fault(line, "", "", f"is no JSON ({where}: {reason})", raw=text)


def _depth(text: str) -> int:
    depth = deepest = 0
    for match in _TOKENS.finditer(text):
        if match[0] in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif match[0] in "]}":
            depth -= 1
    return deepest


def _odd(value: Any, path: str) -> tuple[str, str, str] | None:
    """Key, value and reason of the first text that cannot be kept."""
    if isinstance(value, str):
        match = _ODD.search(value)
        return (path, value, _reason(match[0])) if match else None
    if isinstance(value, dict):
        for key, inner in value.items():
            if match := _ODD.search(key):
                return path, key, _reason(match[0])
            if found := _odd(inner, f"{path}.{key}" if path else key):
                return found
    elif isinstance(value, list):
        return next(filter(None, (_odd(inner, path) for inner in value)), None)
    return None


def _reason(char: str) -> str:
    if char == "\0":
        return "holds a NUL character"
    if DAMAGE.match(char):
        return f"holds a byte that cannot be decoded (0x{ord(char) - 0xDC00:02X}); correct it or name the --encoding"
    return f"holds half a character (\\u{ord(char):04x})"
