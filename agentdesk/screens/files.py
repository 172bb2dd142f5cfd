"""The files and links of a ticket: listed whole, looked at before they are saved or opened."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult

from agentdesk.desk import Desk
from agentdesk.domain.file_dangers import danger_of
from agentdesk.domain.file_names import say_size
from agentdesk.domain.links import Link, links_of
from agentdesk.domain.safe_text import line, name
from agentdesk.domain.when import stamp
from agentdesk.queries.attachments import FileRow, files_of
from agentdesk.queries.ticket_detail import messages
from agentdesk.screens.dialog import DeskDialog
from agentdesk.widgets.picker import Entry, Picker


class FilesDialog(DeskDialog):
    """Pick a file to save or a link to open; dismissed with None."""

    heading: ClassVar[str] = "Files and links of {what}"
    confirm_label: ClassVar[str] = "Look"

    def __init__(self, desk: Desk, ticket_ids: Sequence[int], **named: object) -> None:
        super().__init__(desk, ticket_ids, **named)
        with desk.read() as read:
            self._files = files_of(read, ticket_ids[0])
            self._links = links_of(one.body for one in messages(read, ticket_ids[0]))

    def aside(self) -> str:
        """How many there are."""
        return f"{_many(len(self._files), 'file')}, {_many(len(self._links), 'link')}"

    def fields(self) -> ComposeResult:
        """Files first, then links, in the order of the conversation."""
        yield Picker(
            [*(self._file_entry(one) for one in self._files), *(_link_entry(one) for one in self._links)],
            placeholder="type to filter",
        )

    def sentence(self) -> str:
        """What enter does with it, and what to know before."""
        entry = self.query_one(Picker).entry
        if entry is None:
            return "No message of this ticket came with a file or has a link in it."
        if isinstance(entry.value, Link):
            odd = f" Look twice: {'; '.join(entry.value.odd)}." if entry.value.odd else ""
            return f"{name(entry.value.url)} leads to {name(entry.value.host)}.{odd}"
        danger = danger_of(entry.value.name)
        warning = f" It is {danger}: save it only if you know who sent it and why." if danger else ""
        return f"{line(entry.value.name)} can be saved into a folder.{warning}"

    @on(Picker.Highlighted)
    def _tell(self) -> None:
        self.retell()

    @on(Picker.Picked)
    def action_confirm(self) -> None:
        """Ask where to save it, or show where it leads."""
        entry = self.query_one(Picker).entry
        if entry is None:
            self.refuse(self.sentence())
        elif isinstance(entry.value, Link):
            self.console.show("open_link", self.ticket_ids, link=entry.value)
        else:
            self.console.show("save_file", self.ticket_ids, file=entry.value)

    def _file_entry(self, file: FileRow) -> Entry:
        at = stamp(file.at, self.desk.clock.now(), self.desk.zone)
        danger = danger_of(file.name)
        about = (
            f"▲ {danger}" if danger else "",
            say_size(file.size),
            file.media_type,
            f"{file.author}, {at}",
        )
        return Entry(file, f"▫ {line(file.name)}", line(" · ".join(filter(None, about))))


def _link_entry(link: Link) -> Entry:
    odd = f"  ▲ {'; '.join(link.odd)}" if link.odd else ""
    return Entry(link, f"↗ {name(link.host)}", f"{name(link.url)}{odd}")


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
