"""Bytes become text to be read from the front, in constant memory: what is dealt with is forgotten.

Line ends of every kind become a line feed, so that lines count as in an editor. Bytes that cannot be decoded stay
in the text as lone surrogates.
"""

import codecs
import io
import re
from typing import Final

from agentdesk.transfer.readers.encodings import Encoding
from agentdesk.transfer.readers.sources import Source

_BLANKS: Final = re.compile(r"[ \t\n\ufeff\x1a]*")


class JsonText:
    """A text of which the first `at` characters are dealt with.

    Attributes:
        text: what is at hand.
        at: where the rest begins.
        line: physical line of that place.
        encoding: codec in use.
    """

    def __init__(self, source: Source, encoding: Encoding) -> None:
        """Begin at the beginning of the open bytes."""
        codec = codecs.getincrementaldecoder(encoding.name)(encoding.errors)
        self._decoder = io.IncrementalNewlineDecoder(codec, translate=True)
        self._chunks = source.chunks()
        self._is_ended = False
        self.encoding = encoding.name
        self.text = ""
        self.at = 0
        self.line = 1

    def more(self) -> bool:
        """Bring in what comes next; False at the end.

        Raises:
            FileRefusedError: the bytes cannot be read on.
        """
        if self._is_ended:
            return False
        rest = self.text[self.at :]
        data = next(self._chunks, b"")
        self._is_ended = not data
        added = self._decoder.decode(data, final=self._is_ended)
        self.text, self.at = rest + added, 0
        return bool(added) or self.more()

    def skip_blanks(self) -> str:
        """Go to the next character that is none, and return it; empty at the end."""
        while True:
            match = _BLANKS.match(self.text, self.at)
            assert match is not None  # it matches nothing too
            self.pass_to(match.end())
            if self.at < len(self.text):
                return self.text[self.at]
            if not self.more():
                return ""

    def pass_to(self, end: int) -> str:
        """Deal with the text up to `end`, and return it."""
        passed = self.text[self.at : end]
        self.line += passed.count("\n")
        self.at = end
        return passed

    @property
    def left(self) -> int:
        """Characters at hand that are not dealt with."""
        return len(self.text) - self.at
