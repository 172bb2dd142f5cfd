"""A row of styled spans: what everything that is laid out line by line is made of."""

from typing import NamedTuple


class Span(NamedTuple):
    """Text in one style; the style is the tail of a component class of the view."""

    text: str
    style: str


Row = tuple[Span, ...]
