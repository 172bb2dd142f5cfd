"""Which file of contacts to bring in, and how; what would come of it is shown before anything is written."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from agentdesk.desk import Desk
from agentdesk.domain.errors import AgentDeskError
from agentdesk.screens.dialog import DeskDialog, field
from agentdesk.screens.import_refusal import FIELDS, Refused
from agentdesk.screens.path_suggester import PathSuggester
from agentdesk.widgets.choice import Choice

if TYPE_CHECKING:
    from agentdesk.transfer.contacts.order import ContactImport

_KNOWN = (("are brought up to date", "update"), ("are left as they are", "skip"), ("are refused", "fail"))
_READ = {
    "encoding": "asked of the file; cp1252, utf-16 …",
    "delimiter": "asked of the file; , or ; or | or tab",
    "member": "of an archive, a workbook or JSON",
}
"""What stands in an empty field of how the file is read."""
_BLANK = (("keeps what is in the desk", "keep"), ("clears what is in the desk", "clear"))


class ImportFileDialog(DeskDialog):
    """Dismissed with the order, or None.

    Args:
        desk: The desk.
        ticket_ids: None; every dialog takes them.
        path: As much of the path as was typed already.
        again: An order that was refused: it stands in the fields again, with the reason.
    """

    heading: ClassVar[str] = "Bring in contacts"
    confirm_label: ClassVar[str] = "Look ahead"

    def __init__(
        self,
        desk: Desk,
        ticket_ids: Sequence[int] = (),
        *,
        path: str = "",
        again: Refused | None = None,
        **named: Any,
    ) -> None:
        super().__init__(desk, ticket_ids, **named)
        self._again = again
        self._path = str(again.order.path) if again else path

    def aside(self) -> str:
        """That nothing has happened yet."""
        return "nothing is written yet"

    def fields(self) -> ComposeResult:
        """The file, the policies, and how it is read."""
        before = self._again.order if self._again else None
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
        yield field(
            "Known people",
            Choice(_KNOWN, value=before.on_match if before else "update", needed=True, id="on-match"),
        )
        yield field(
            "Empty cell", Choice(_BLANK, value=before.blank if before else "keep", needed=True, id="blank")
        )
        rule = before.survivor if before else ""
        yield field("Whose word", _typed("survivor", rule, "*=file, name=desk, phone=fill"))
        for name, label in FIELDS.items():
            yield field(label, _typed(name, getattr(before, name, None) or "", _READ[name]))

    def begin(self) -> None:
        """What may be right stands where it is asked for, and the cursor too."""
        if self._again:
            at = self.query_one(f"#{self._again.at}", Input)
            at.value = self._again.guess or at.value
            at.focus()

    def retell(self) -> None:
        """Why it was refused, where it was."""
        if self._again:
            self.refuse(self._again.words)
        else:
            super().retell()

    def sentence(self) -> str:
        """What happens next."""
        return "Type a path; → takes what is suggested. You see what would come of it before it is written."

    @on(Input.Submitted)
    def action_confirm(self) -> None:
        """Check the order; whoever asked for it goes on."""
        path = self.query_one("#path", Input)
        survivor = self.query_one("#survivor", Input)
        if not path.value.strip():
            self.refuse("Type the path of a file.", path)
            return
        try:
            order = self._order(Path(path.value.strip()).expanduser()).checked()
        except (AgentDeskError, RuntimeError, ValueError) as error:
            self.refuse(str(error), survivor)
            return
        if not _is_file(order.path):
            self.refuse(f"{order.path} is no file. Check the spelling of the path.", path)
            return
        self.dismiss(order)

    def _order(self, path: Path) -> "ContactImport":
        from agentdesk.transfer.contacts.order import ContactImport

        return ContactImport(
            path,
            on_match=self._chosen("on-match"),
            blank=self._chosen("blank"),
            survivor=self.query_one("#survivor", Input).value,
            encoding=self._said("encoding"),
            delimiter=self._said("delimiter"),
            member=self._said("member"),
        )

    def _said(self, name: str) -> str | None:
        return self.query_one(f"#{name}", Input).value.strip() or None

    def _chosen(self, name: str) -> str:
        return str(self.query_one(f"#{name}", Choice).chosen)


def _typed(name: str, value: str, hint: str) -> Input:
    return Input(value, id=name, placeholder=hint, compact=True, classes="wide")


def _is_file(path: Path | None) -> bool:
    try:
        return path is not None and path.is_file()
    except OSError:  # a name that is too long
        return False
