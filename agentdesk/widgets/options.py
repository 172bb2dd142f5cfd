"""The list of options that every screen uses."""

from textual.widgets import OptionList


class Options(OptionList):
    """An `OptionList` that takes a page key before it has been laid out: Textual's own looks up lines it does not have yet."""

    def action_page_up(self) -> None:
        """One page up."""
        if self.scrollable_content_region:
            super().action_page_up()  # type: ignore[no-untyped-call]

    def action_page_down(self) -> None:
        """One page down."""
        if self.scrollable_content_region:
            super().action_page_down()  # type: ignore[no-untyped-call]
