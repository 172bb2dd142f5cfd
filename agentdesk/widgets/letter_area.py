"""Where a letter is typed: placeholders that nobody filled stand out, and tab goes from one to the next."""

from typing import TYPE_CHECKING, ClassVar, cast

from rich.text import Text
from textual.widgets import Static

from agentdesk.domain.placeholders import Placeholder, empty_placeholders
from agentdesk.widgets.safe import content
from agentdesk.widgets.writing_area import WritingArea

if TYPE_CHECKING:
    from textual.document._document import Document


class LetterArea(WritingArea):
    """A `WritingArea` that shows what may not be sent like this."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"letter--gap"}
    DEFAULT_CSS = """
    LetterArea .letter--gap { color: $late; text-style: bold reverse; }
    """

    @property
    def gaps(self) -> tuple[Placeholder, ...]:
        """The placeholders that are left, in the order of the text."""
        return empty_placeholders(self.text)

    def get_line(self, line_index: int) -> Text:
        """One line, what is left to fill marked."""
        line = super().get_line(line_index)
        for gap in empty_placeholders(line.plain):
            line.stylize(self.get_component_rich_style("letter--gap", partial=True), gap.start, gap.end)
        return line

    def place_at(self, index: int) -> tuple[int, int]:
        """The line and the column of a character of the text."""
        return cast("Document", self.document).get_location_from_index(index)

    def go_to_gap(self) -> bool:
        """Select the next placeholder, the first again after the last, so that what is typed takes its place.

        Returns:
            Whether there is any.
        """
        gaps = self.gaps
        if not gaps:
            return False
        document = cast("Document", self.document)
        here = document.get_index_from_location(max(self.selection))
        gap = next((one for one in gaps if one.start >= here), gaps[0])
        self.move_cursor(self.place_at(gap.start))
        self.move_cursor(self.place_at(gap.end), select=True)
        return True


class GapLine(Static):
    """How many are left; nothing where there are none."""

    DEFAULT_CSS = """
    GapLine { height: 1; color: $late; display: none; }
    """

    def tell(self, gaps: tuple[Placeholder, ...]) -> None:
        """Say it."""
        self.display = bool(gaps)
        if gaps:
            names = list(dict.fromkeys(one.shown for one in gaps))
            told = names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"
            verb = "has" if len(names) == 1 else "have"
            self.update(content(f"▲ {told} {verb} no value · tab goes there"))
