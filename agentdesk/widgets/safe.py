"""The one door through which foreign text enters a widget, and the net behind it.

Law: data is wrapped, never escaped: a `Content` or `Text` is not read as markup, and `line` or `block` has
already shown its controls. `SafeFilter` deletes what came past the door, after layout, so no cell moves.
"""

from typing import Final

from rich.segment import Segment
from rich.text import Text
from textual.color import Color
from textual.content import Content
from textual.filter import LineFilter
from textual.fuzzy import Matcher

from agentdesk.domain import safe_text

# Deleting keeps the layout, for these take no cell; the two kinds that Rich counts as one cell keep one.
_DELETED: Final[dict[int, str | None]] = {
    **dict.fromkeys(safe_text.UNSAFE),
    **dict.fromkeys(range(0xD800, 0xE000), safe_text.REPLACEMENT),
    0xAD: "-",
}


def content(value: object, style: str = "") -> Content:
    """Return one line of foreign text as it is, for every widget that takes a `Content`.

    Args:
        value: Anything; `None` is the empty line.
        style: A Textual style such as `bold $error`, written by us.
    """
    return Content.styled(safe_text.line(value), style)


def body(value: object, style: str = "") -> Content:
    """Return foreign text of many lines as it is, for a message or a note."""
    return Content.styled(safe_text.block(value), style)


def rich_text(value: object, style: str = "") -> Text:
    """Return one line of foreign text for the widgets that render with Rich: `DataTable` and `Tree`."""
    return Text(safe_text.line(value), style=style)


def matched(matcher: Matcher, value: object) -> Content:
    """Return one line of foreign text with the letters marked that a query of the command palette found.

    Textual's own `Matcher.highlight` reads its text as markup.
    """
    text = safe_text.line(value)
    found = Content(text)
    for offset in matcher.fuzzy_search.match(matcher.query, text)[1]:
        found = found.stylize(matcher.match_style, offset, offset + 1)
    return found


class SafeFilter(LineFilter):
    """Deletes control, bidirectional and invisible characters from a rendered line.

    Textual 8.2 sends ESC and C1 from any text straight to the terminal. An app adds this filter last in
    `App.get_line_filters`, and no widget can forget it.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments unchanged when all can be printed, else without what may act.

        Args:
            segments: One rendered line.
            background: Not used; part of the interface.
        """
        del background
        for segment in segments:
            if not segment.text.isprintable():
                return [
                    Segment(text.translate(_DELETED), style, control) for text, style, control in segments
                ]
        return segments
