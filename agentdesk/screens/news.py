"""What somebody has said or done on a ticket while it is being answered, as one line that grows older with the clock."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from textual.content import Content
from textual.widgets import Static

from agentdesk.desk import Desk
from agentdesk.domain.looking import Onlooker, told_since
from agentdesk.domain.safe_text import clip, line
from agentdesk.domain.vocabulary import Visibility
from agentdesk.domain.when import dated, say_span
from agentdesk.queries import histories, ticket_detail
from agentdesk.screens.letter import Letter
from agentdesk.screens.presence import ONLOOKERS
from agentdesk.widgets.safe import content

LONGEST: Final = 90
"""Cells of what somebody did, so that the advice after it is seen too."""
AGE: Final = 20.0
"""Seconds between two looks at how long ago it was."""


@dataclass(frozen=True, slots=True)
class News:
    """The last of it.

    Attributes:
        at: when it was.
        words: who and what: `Bo Larsen replied`.
    """

    at: datetime
    words: str

    def sentence(self, now: datetime) -> str:
        """It, how long ago, and what to do."""
        age = now - self.at
        ago = f"{say_span(age)} ago" if age >= timedelta(minutes=1) else "just now"
        return f"{self.words} {ago}: look before you send"


def look_again(desk: Desk, letter: Letter) -> tuple[News | None, list[ticket_detail.MessageRow]]:
    """What is new on the ticket, messages before all else, and its whole conversation."""
    with desk.read() as read:
        messages = ticket_detail.messages(read, letter.detail.id)
        known = {one.id for one in letter.messages}
        said = [one for one in messages if one.id not in known]
        events = [] if said else histories.history(read, letter.detail.id, desk.zone, read.now, say=dated)
    if said:
        last, more = said[-1], f" (and {len(said) - 1} more)" if len(said) > 1 else ""
        return News(last.at, f"{line(last.author)} {_did(last)}{more}"), messages
    mine = desk.actor.handle
    done = [
        one
        for one in events
        if one.change_id > letter.last_change and one.actor != mine and not one.event.startswith("outbox.")
    ]  # that a letter has left changes nothing for the next one
    return (News(done[-1].at, clip(line(done[-1].sentence), LONGEST)) if done else None), messages


def _did(message: ticket_detail.MessageRow) -> str:
    if message.visibility == Visibility.INTERNAL:
        return "noted"
    return "replied" if message.author_kind == "agent" else "wrote"


class NewsLine(Static):
    """What happened meanwhile, and who else is there; hidden while there is neither."""

    DEFAULT_CSS = """
    NewsLine { height: auto; display: none; color: $soon; text-style: bold; }
    """

    def __init__(self, now: Callable[[], datetime], **named: Any) -> None:
        super().__init__(**named)
        self._now = now
        self.news: News | None = None
        self._others: Sequence[Onlooker] = ()
        self.add_class(ONLOOKERS)

    def on_mount(self) -> None:
        """Grow older."""
        self.set_interval(AGE, self._retell)

    def tell(self, news: News | None) -> bool:
        """Show it; whether it is other news than before."""
        is_new, self.news = news != self.news, news
        self._retell()
        return is_new

    def meet(self, others: Sequence[Onlooker]) -> None:
        """Say who else is there."""
        if others != self._others:
            self._others = others
            self._retell()

    def _retell(self) -> None:
        told = [self.news.sentence(self._now())] if self.news is not None else []
        told += [told_since(self._others, self.app.desk.zone)] if self._others else []  # type: ignore[attr-defined]  # ours
        self.display = bool(told)
        self.update(Content("\n").join(content(one) for one in told))
