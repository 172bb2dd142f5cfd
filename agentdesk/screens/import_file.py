"""Which file of contacts to bring in, and how; what would come of it is shown before anything is written."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from agentdesk.desk import Desk
from agentdesk.domain.errors import AgentDeskError
from agentdesk.screens.dialog import DeskDialog, field
from agentdesk.screens.path_suggester import PathSuggester
from agentdesk.widgets.choice import Choice

_KNOWN = (("are brought up to date", "update"), ("are left as they are", "skip"), ("are refused", "fail"))
_BLANK = (("keeps what is in the desk", "keep"), ("clears what is in the desk", "clear"))


class ImportFileDialog(DeskDialog):
    """Dismissed with the order, or None.

    Args:
        desk: The desk.
        ticket_ids: None; every dialog takes them.
        path: As much of the path as was typed already.
    """

    heading: ClassVar[str] = "Bring in contacts"
    confirm_label: ClassVar[str] = "Look ahead"

    def __init__(self, desk: Desk, ticket_ids: Sequence[int] = (), *, path: str = "", **named: Any) -> None:
        super().__init__(desk, ticket_ids, **named)
        self._path = path

    def aside(self) -> str:
        """That nothing has happened yet."""
        return "nothing is written yet"

    def fields(self) -> ComposeResult:
        """The file, and the policies."""
        path = Input(
            self._path,
            id="path",
            placeholder="~/contacts.csv",
            suggester=PathSuggester(),
            select_on_focus=False,
            compact=True,
            classes="wide",
        )
        yield field("File", path)
        yield field("Known people", Choice(_KNOWN, value="update", needed=True, id="on-match"))
        yield field("Empty cell", Choice(_BLANK, value="keep", needed=True, id="blank"))
        rule = Input(id="survivor", placeholder="*=file, name=desk, phone=fill", compact=True, classes="wide")
        yield field("Whose word", rule)

    def sentence(self) -> str:
        """What happens next."""
        return "Type a path; → takes what is suggested. You see what would come of it before it is written."

    @on(Input.Submitted)
    def action_confirm(self) -> None:
        """Check the order; whoever asked for it goes on."""
        from agentdesk.transfer.contacts.order import ContactImport

        path = self.query_one("#path", Input)
        survivor = self.query_one("#survivor", Input)
        if not path.value.strip():
            self.refuse("Type the path of a file.", path)
            return
        try:
            order = ContactImport(
                Path(path.value.strip()).expanduser(),
                on_match=self._chosen("on-match"),
                blank=self._chosen("blank"),
                survivor=survivor.value,
            ).checked()
        except (AgentDeskError, RuntimeError, ValueError) as error:
            self.refuse(str(error), survivor)
            return
        if not _is_file(order.path):
            self.refuse(f"{order.path} is no file. Check the spelling of the path.", path)
            return
        self.dismiss(order)

    def _chosen(self, name: str) -> str:
        return str(self.query_one(f"#{name}", Choice).chosen)


def _is_file(path: Path | None) -> bool:
    try:
        return path is not None and path.is_file()
    except OSError:  # a name that is too long
        return False
