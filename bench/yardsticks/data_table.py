"""A DataTable over 1,000 rows with j and k: what a key press is measured against."""

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import DataTable


class Table(App[None]):
    """One table."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("j", "down", "down")]

    def compose(self) -> ComposeResult:
        """The table the bench presses keys in."""
        yield DataTable(cursor_type="row")

    def on_mount(self) -> None:
        """Fill it."""
        table = self.query_one(DataTable)
        table.add_columns("Ticket", "Subject", "Customer", "Status", "Due", "Who")
        for number in range(1000):
            table.add_row(
                f"T-{1001 + number}",
                f"Subject of ticket {number}",
                f"Customer {number}",
                "open",
                "1:25",
                "ana",
            )

    def action_down(self) -> None:
        """One row down."""
        self.query_one(DataTable).action_cursor_down()


Table().run()
