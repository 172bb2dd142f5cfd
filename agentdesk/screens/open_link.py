"""Where a link leads, letter for letter, before it is opened; over ssh it is copied, since the browser is elsewhere."""

import os
import webbrowser
from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from agentdesk.desk import Desk
from agentdesk.domain.links import Link
from agentdesk.domain.safe_text import name
from agentdesk.screens.dialog import DeskDialog
from agentdesk.widgets.safe import content


def is_far() -> bool:
    """Whether the browser of whoever sits here is on another machine."""
    return any(os.environ.get(one) for one in ("SSH_CONNECTION", "SSH_TTY"))


class OpenLinkDialog(DeskDialog):
    """Shows a link whole; Cancel has the focus where something about it is odd."""

    heading: ClassVar[str] = "Open a link of {what}"

    def __init__(self, desk: Desk, ticket_ids: Sequence[int], *, link: Link, **named: object) -> None:
        super().__init__(desk, ticket_ids, **named)
        self._link = link
        self.confirm_label = "Copy" if is_far() else "Open"  # type: ignore[misc]  # of this one
        self.is_dangerous = bool(link.odd)  # type: ignore[misc]

    def fields(self) -> ComposeResult:
        """The whole link, its host told apart, and what is odd about it."""
        url, host = name(self._link.url), name(self._link.host)
        before, found, after = url.partition(host)
        shown = Content.assemble((before, "$muted"), (found, "bold underline $ink"), (after, "$muted"))
        yield Static(shown, id="link")
        if self._link.odd:
            yield Static(
                content(f"▲ {'; '.join(name(one) for one in self._link.odd)}", "bold $soon"), id="odd"
            )

    def sentence(self) -> str:
        """What will happen."""
        where = "It is copied, for the browser on your own machine." if is_far() else "Your browser opens it."
        return f"{where} The page learns that somebody here has read the message."

    def action_confirm(self) -> None:
        """Open it, or copy it."""
        self.dismiss(True)
        if is_far() or not webbrowser.open(self._link.url):
            self.console.copy(self._link.url)
