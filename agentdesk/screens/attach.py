"""Attach a file by its path, or take one off; its content is kept at once, so that a draft has it too."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from agentdesk.desk import Desk
from agentdesk.domain.file_names import LARGEST, say_size
from agentdesk.domain.written import KeptFile
from agentdesk.screens.dialog import DeskDialog, field
from agentdesk.screens.path_suggester import PathSuggester
from agentdesk.widgets.choice import Choice

if TYPE_CHECKING:
    from agentdesk.store.change import Change


class AttachDialog(DeskDialog):
    """Dismissed with the files that go with the letter from now on.

    Args:
        desk: The desk.
        ticket_ids: The ticket, for the title.
        files: What goes with it already.
    """

    heading: ClassVar[str] = "Files for {what}"
    confirm_label: ClassVar[str] = "Attach"

    def __init__(
        self, desk: Desk, ticket_ids: Sequence[int] = (), *, files: Sequence[KeptFile] = (), **named: Any
    ) -> None:
        super().__init__(desk, ticket_ids, **named)
        self._files = list(files)

    def aside(self) -> str:
        """What a mail takes."""
        return f"at most {say_size(LARGEST)} in all"

    def fields(self) -> ComposeResult:
        """The path; which to take off, where there is one."""
        path = Input(id="path", placeholder="~/invoice.pdf", suggester=PathSuggester(), compact=True)
        yield field("Attach", path)
        if self._files:
            listed = [(one.told, at) for at, one in enumerate(self._files)]
            yield field("Take off", Choice(listed, id="off"))

    def sentence(self) -> str:
        """What will happen."""
        off = self._off
        if off is not None:
            return f"{off.told} does not go with it. Nothing else changes."
        count = len(self._files)
        there = f"{count} file{'' if count == 1 else 's'} attached so far. " if count else ""
        return f"{there}Type a path; → takes what is suggested."

    @property
    def _off(self) -> KeptFile | None:
        found = self.query("#off")
        chosen = found.first(Choice).chosen if found else None
        return None if chosen is None else self._files[chosen]

    @on(Choice.Changed)
    @on(Input.Changed)
    def _changed(self) -> None:
        self.retell()

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_confirm()

    def action_confirm(self) -> None:
        """Keep the file; close once it is kept."""
        path = self.query_one("#path", Input)
        kept = [one for one in self._files if one is not self._off]
        if not path.value.strip():
            if self._off is None:
                self.refuse("Type the path of a file, or choose one to take off.", path)
            else:
                self.dismiss(kept)
            return
        name = path.value.strip()

        def keep(change: "Change") -> Any:
            from agentdesk.services.attachments import keep_content, read_file

            return [*kept, keep_content(change, *read_file(name))]

        self.carry_out("Attached", keep)
