"""What an agent has written and not sent: offered when the console starts, and a key away ever after."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from agentdesk.desk import Desk
from agentdesk.domain.references import ticket_ref
from agentdesk.domain.vocabulary import Visibility

if TYPE_CHECKING:
    from agentdesk.domain.vocabulary import LetterKind
    from agentdesk.queries.drafts import DraftRow

NAMED = 4
"""Tickets that are named; the rest is counted."""


@dataclass(slots=True)
class Unsent:
    """The drafts of the agent, the newest first; `next` goes round through them."""

    desk: Desk
    _gone_to: set[int] = field(default_factory=set)

    def words(self) -> str:
        """What waits, and how to get there; empty where nothing does."""
        found = self._read()
        if not found:
            return ""
        refs = [_named(one) for one in found[:NAMED]]
        more = f" and {len(found) - NAMED} more" if len(found) > NAMED else ""
        return f"Not sent yet: {', '.join(refs)}{more} · b goes on writing"

    def begin_again(self) -> None:
        """The newest is the next one again."""
        self._gone_to.clear()

    def next(self) -> "tuple[int, LetterKind] | None":
        """The next ticket to go on with, and what was written there; None where everything is sent."""
        found = self._read()
        if not found:
            return None
        ahead = [one for one in found if one.ticket_id not in self._gone_to]
        if not ahead:
            self._gone_to.clear()
        chosen = (ahead or found)[0]
        self._gone_to.add(chosen.ticket_id)
        return chosen.ticket_id, chosen.written.kind

    def _read(self) -> "list[DraftRow]":
        from agentdesk.queries import drafts

        with self.desk.read() as read:
            return drafts.drafts(read)


def _named(draft: "DraftRow") -> str:
    """The ticket; what is no reply is called so."""
    kind = "note on " if draft.visibility == Visibility.INTERNAL else ""
    return f"{kind}{ticket_ref(draft.ticket_id)}"
