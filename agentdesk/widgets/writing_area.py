"""Where more than a line is typed, in every screen and dialog."""

from textual.widgets import TextArea


class WritingArea(TextArea):
    """A `TextArea` that can be undone and redone whatever becomes of its length.

    While a text gets shorter its scroll bar may go before the cursor is put where it belongs; Textual asks then for a
    place that is not in the text any more.
    """

    def _recompute_cursor_offset(self) -> None:
        place = self.clamp_visitable(self.cursor_location)
        self._cursor_offset = self.wrapped_document.location_to_offset(place)
