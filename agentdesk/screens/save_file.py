"""Where a file of a message goes: into a folder that is asked for, under a name that is safe there."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from agentdesk.desk import Desk
from agentdesk.domain.errors import AgentDeskError, NotFoundError
from agentdesk.domain.file_dangers import danger_of
from agentdesk.domain.file_names import safe_file_name, say_size
from agentdesk.domain.safe_text import line
from agentdesk.queries.attachments import FileRow, content_of
from agentdesk.screens.dialog import DeskDialog, field
from agentdesk.transfer.saved_files import downloads, save_file


class SaveFileDialog(DeskDialog):
    """Asks for a folder and writes; dismissed with True when it was written."""

    heading: ClassVar[str] = "Save a file of {what}"
    confirm_label: ClassVar[str] = "Save"

    def __init__(self, desk: Desk, ticket_ids: Sequence[int], *, file: FileRow, **named: object) -> None:
        super().__init__(desk, ticket_ids, **named)
        self._file = file

    def aside(self) -> str:
        """How large it is."""
        return say_size(self._file.size)

    def fields(self) -> ComposeResult:
        """The folder."""
        yield field("Folder", Input(str(downloads()), id="folder", compact=True, classes="wide"))

    def sentence(self) -> str:
        """Under which name it will lie there, and what it is."""
        called = safe_file_name(self._file.name)
        told = f"Saved as {line(called)}, readable by you alone; a file of that name is never written over."
        if called != self._file.name:
            told = f"Its sender called it {line(self._file.name)}. {told}"
        danger = danger_of(called)
        return f"{told} ▲ It is {danger}." if danger else told

    @on(Input.Submitted)
    def action_confirm(self) -> None:
        """Write it."""
        folder = self.query_one("#folder", Input)
        try:
            with self.desk.read() as read:
                data = content_of(read, self._file.id)
            if data is None:
                raise NotFoundError("file", self._file.id)
            path = save_file(data, self._file.name, folder.value.strip() or downloads())
        except AgentDeskError as error:
            self.refuse(str(error), folder)
            return
        self.dismiss(True)
        self.console.say(f"Saved {line(path)}.")
