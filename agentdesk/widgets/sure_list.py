"""Textual's list of options, with which a page can be turned while its new options have no lines yet."""

from textual._widget_navigation import Direction
from textual.widgets import OptionList


class SureList(OptionList):
    """An `OptionList` that stays where it is where Textual's would end the console."""

    def _move_page(self, direction: Direction) -> None:
        if (self.highlighted or 0) in self._index_to_line:
            super()._move_page(direction)
