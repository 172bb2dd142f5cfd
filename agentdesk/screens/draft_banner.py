"""The text that waits unsent on an open ticket, and the key that goes on with it."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from textual.content import Content
from textual.widgets import Static

from agentdesk.domain.safe_text import clip, line
from agentdesk.domain.vocabulary import LetterKind
from agentdesk.domain.when import stamp
from agentdesk.widgets.safe import content

_KEYS = {LetterKind.REPLY: "r", LetterKind.NOTE: "n", LetterKind.FORWARD: "F"}


class DraftBanner(Static):
    """Hidden where there is no draft."""

    def show(self, draft: Any | None, now: datetime, zone: ZoneInfo, width: int) -> None:
        """Show the draft as `queries.drafts` reads it."""
        self.display = draft is not None
        if draft is None:
            return
        kind = draft.written.kind
        is_note = kind is not LetterKind.REPLY
        head = f"unsent {kind} of {stamp(draft.saved_at, now, zone)} · {_KEYS[kind]} to continue"
        self.update(
            Content.assemble(
                content(head, "bold $internal" if is_note else "bold $here"),
                "\n",
                content(clip(line(draft.body), width), "$muted"),
            )
        )
