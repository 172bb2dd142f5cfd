"""What every renderer is: a module with one function from a `Document` to text.

The same document and options give the same bytes; no renderer knows which report it draws.
"""

from dataclasses import dataclass
from typing import Protocol

from agentdesk.reports.document import Document

MIN_WIDTH = 50


@dataclass(frozen=True, slots=True)
class RenderOptions:
    """How the page is to be made; a renderer ignores what does not concern it."""

    width: int = 80
    """Terminal cells of a text page; less than `MIN_WIDTH` is taken as `MIN_WIDTH`."""
    ascii: bool = False
    """Only characters that every printer has."""

    @property
    def page_width(self) -> int:
        """The width that is really used."""
        return max(self.width, MIN_WIDTH)


class Renderer(Protocol):
    """A module that draws documents."""

    def render(self, document: Document, options: RenderOptions) -> str:
        """The document as text that ends with a newline."""
        ...
