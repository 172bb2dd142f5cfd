"""The text that waits unsent on an open ticket, and the key that goes on with it."""

from collections.abc import Sequence
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

    def show(self, drafts: Sequence[Any], now: datetime, zone: ZoneInfo, width: int) -> None:
        """Show the drafts as `queries.drafts` reads them, the last one with its words."""
        self.display = bool(drafts)
        if not drafts:
            return
        more = " to continue" if len(drafts) == 1 else ""
        heads = Content("   ").join(_head(one, now, zone, more) for one in drafts)
        self.update(Content.assemble(heads, "\n", content(clip(line(drafts[0].body), width), "$muted")))


def _head(draft: Any, now: datetime, zone: ZoneInfo, more: str) -> Content:
    kind = draft.written.kind
    told = f"unsent {kind} of {stamp(draft.saved_at, now, zone)} · {_KEYS[kind]}{more}"
    return content(told, "bold $here" if kind is LetterKind.REPLY else "bold $internal")
