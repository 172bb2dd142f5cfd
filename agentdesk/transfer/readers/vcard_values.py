"""One property of a vCard: its group, name, parameters and value, with every escape and encoding taken back."""

import quopri
import re
from dataclasses import dataclass
from typing import Final

_HEAD: Final = re.compile(
    r'(?:([\w-]+)\.)?([A-Za-z][\w-]*)\s*((?:;(?:[^":;]++|"[^"]*")*+)*+)\s*:(.*)\Z', re.DOTALL
)
_PARAMETER: Final = re.compile(r';((?:[^":;]++|"[^"]*")*+)')
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)
_CHARSETS: Final = re.compile(
    r"utf-?8|us-ascii|latin-?\d|iso-?8859-\d{1,2}|windows-125\d|cp\d{3,4}|shift[_-]?jis|euc-(?:jp|kr)"
    r"|gb(?:2312|k|18030)|big5|koi8-[ru]|iso-2022-(?:jp|kr)|macintosh",
    re.IGNORECASE,
)
"""What a card may name: encodings of files, and none of Python's other codecs."""


class BadPropertyError(ValueError):
    """A line of a card that cannot be read; says why."""


@dataclass(frozen=True, slots=True)
class Property:
    """One property.

    Attributes:
        group: what ties it to others, such as `item1`; empty for none.
        name: in capitals.
        kinds: its types and other words, in small letters: `work`, `cell`, `pref`.
        value: as written, decoded, its escapes still there.
        is_old: of version 2.1, where a backslash escapes less.
    """

    group: str
    name: str
    kinds: frozenset[str]
    value: str
    is_old: bool = False

    def parts(self, mark: str = ";") -> list[str]:
        """Part the value at a mark that is not escaped; return the parts without escapes, trimmed."""
        return [self._plain(part).strip() for part in _split(self.value, mark)]

    @property
    def text(self) -> str:
        """The whole value without escapes, trimmed."""
        return self._plain(self.value).strip()

    def _plain(self, text: str) -> str:
        if "\\" not in text:
            return text
        return _ESCAPED.sub(self._meant, text)

    def _meant(self, match: re.Match[str]) -> str:
        char = match[1]
        if char in "nN":
            return match[0] if self.is_old else "\n"
        return char if char in ";,:\\\"'" or not self.is_old else match[0]


def parse_property(line: str, *, is_old: bool) -> Property:
    """Read an unfolded line.

    Args:
        line: the property.
        is_old: of version 2.1.

    Raises:
        BadPropertyError: it has no colon, or an encoding that is none.
    """
    match = _HEAD.match(line)
    if match is None:
        raise BadPropertyError("is no property of a vCard: a name and a colon are expected")
    kinds: set[str] = set()
    encoding = charset = ""
    for parameter in _PARAMETER.findall(match[3]):
        key, is_named, value = parameter.partition("=")
        key, value = (key.strip().upper(), value.strip().strip('"')) if is_named else ("TYPE", key.strip())
        if key == "ENCODING":
            encoding = value.upper()
        elif key == "CHARSET":
            charset = value
        elif key == "PREF" and value == "1":
            kinds.add("pref")
        elif key == "TYPE":
            kinds.update(word.strip().lower() for word in value.split(","))
    if "quoted-printable" in kinds:
        encoding = "QUOTED-PRINTABLE"
    value = _decoded(match[4], encoding, charset)
    return Property(match[1] or "", match[2].upper(), frozenset(filter(None, kinds)), value, is_old)


def _decoded(value: str, encoding: str, charset: str) -> str:
    if encoding != "QUOTED-PRINTABLE" and (not charset or value.isascii()):
        return value
    if charset and not _CHARSETS.fullmatch(charset):
        raise BadPropertyError(f"names the encoding {charset!r}, which is none of text")
    data = value.encode("utf-8", "surrogateescape")
    if encoding == "QUOTED-PRINTABLE":
        data = quopri.decodestring(data)
    elif max(value) < "\udc80" or charset.casefold() in {"utf-8", "utf8"}:
        return value  # it was UTF-8 already, whatever it says
    try:
        return data.decode(charset or "utf-8").replace("\r\n", "\n").replace("\r", "\n")
    except (UnicodeDecodeError, LookupError) as error:
        raise BadPropertyError(f"cannot be read as {charset or 'utf-8'}") from error


def _split(text: str, mark: str) -> list[str]:
    """Part a text at every `mark` that no backslash escapes."""
    if "\\" not in text:
        return text.split(mark)
    parts, start, at = [], 0, 0
    while at < len(text):
        if text[at] == "\\":
            at += 2
            continue
        if text[at] == mark:
            parts.append(text[start:at])
            start = at + 1
        at += 1
    return [*parts, text[start:]]
