"""How a table is written: the delimiter is read off the header line, never off a vote over the data.

Prose that LinkedIn writes above its header is passed over. A header names columns, so whatever parts its unquoted names is the delimiter; `sep=X` and the caller win.
"""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from agentdesk.transfer.refusals import BadDelimiterError

DELIMITERS: Final = ",;\t|"
"""What is looked for, in the order that settles a tie."""

PREAMBLE_LINES: Final = 20
"""Lines in which prose before a header has to end."""

_PREAMBLE: Final = "notes:"
_SEP_LINE: Final = re.compile(r'"?sep=(.)"?[\r\n]*\Z', re.IGNORECASE)
_QUOTED: Final = re.compile(r'"(?:[^"]|"")*"')
_WORDS: Final = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "pipe": "|", "space": " "}


def parse_delimiter(given: str) -> str:
    """Return the one character that a caller means.

    Args:
        given: a character, or one of the words tab, comma, semicolon, pipe, space.

    Raises:
        BadDelimiterError: more than one character, or one that has another meaning in a table.
    """
    delimiter = _WORDS.get(given.lower(), given)
    if len(delimiter) != 1 or delimiter in '"\r\n\0' or delimiter.isalnum():
        raise BadDelimiterError(given)
    return delimiter


def parse_sep_line(line: str) -> str | None:
    """Return the delimiter of a first line such as `sep=;`, which Excel reads and writes; else `None`."""
    match = _SEP_LINE.match(line)
    return match[1] if match and match[1] != '"' else None


def count_preamble(lines: Sequence[str]) -> int:
    """Return how many first lines are prose before a header: what `Notes:` begins and a blank line ends; 0 for none.

    Args:
        lines: the first lines of a file, the blank line and the header among them.
    """
    if not lines or lines[0].strip().strip('"').casefold() != _PREAMBLE:
        return 0
    blank = next((at for at, line in enumerate(lines) if at and not line.strip()), 0)
    return blank + 1 if blank and any(line.strip() for line in lines[blank + 1 :]) else 0


def find_delimiter(header: str) -> str:
    """Return the delimiter that parts the names of a header; a comma when there is only one name.

    Args:
        header: the text of the header row; quoted parts do not count.
    """
    counts = Counter(char for char in _QUOTED.sub("", header) if char in DELIMITERS)
    return max(DELIMITERS, key=lambda char: (counts[char], -DELIMITERS.index(char)))
