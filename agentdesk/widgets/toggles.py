"""A check box and radio buttons drawn as one sign each, so that they read on one line."""

from textual.widgets import Checkbox, RadioButton


class Tick(Checkbox):
    """`☑` or `☐` and words."""

    BUTTON_LEFT = ""
    BUTTON_RIGHT = ""

    @property
    def BUTTON_INNER(self) -> str:  # type: ignore[override]  # noqa: N802  Textual reads it by this name
        """The sign for the present state."""
        return "☑" if self.value else "☐"


class Dot(RadioButton):
    """`◉` or `○` and words."""

    BUTTON_LEFT = ""
    BUTTON_RIGHT = ""

    @property
    def BUTTON_INNER(self) -> str:  # type: ignore[override]  # noqa: N802  Textual reads it by this name
        """The sign for the present state."""
        return "◉" if self.value else "○"
