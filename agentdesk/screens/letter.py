"""What the composer knows besides the text: the ticket as it was when the writing began, the draft, and the words for both."""

from dataclasses import dataclass

from agentdesk.desk import Desk
from agentdesk.domain.errors import ConflictError, NotFoundError
from agentdesk.domain.lifecycle import TRANSITIONS, Action, action_towards, allowed, next_status
from agentdesk.domain.references import ticket_ref
from agentdesk.domain.safe_text import clip, line
from agentdesk.domain.vocabulary import Status, Visibility
from agentdesk.domain.when import stamp
from agentdesk.queries import agreements, drafts, histories, ticket_detail


def word(status: str) -> str:
    """`on hold` for `on_hold`."""
    return status.replace("_", " ")


def statuses_after(status: str) -> list[str]:
    """The status a reply leaves, then the ones that can be set in the same submit."""
    left = TRANSITIONS[Action.REPLY].get(Status(status))
    if left is None:
        return []
    others = [
        one.value
        for one in (Status.PENDING, Status.OPEN, Status.ON_HOLD, Status.SOLVED)
        if one != left and action_towards(left, one) in allowed(left)
    ]
    return [left.value, *others]


@dataclass(frozen=True, slots=True)
class Letter:
    """A reply or a note that is being written.

    Attributes:
        wanted: the visibility the agent asked for; a draft that waits keeps its own.
        draft: the unsent text that waits on the ticket.
        after: what a reply can leave the ticket as, the status without a move first.
        last_change: the newest change of the ticket when the writing began.
        flag: what the agent has to know before promising anything: an agreement that has ended.
    """

    detail: ticket_detail.TicketDetail
    messages: list[ticket_detail.MessageRow]
    draft: drafts.DraftRow | None
    wanted: str
    after: list[str]
    last_change: int = 0
    flag: str = ""

    @property
    def visibility(self) -> str:
        """The draft's, so that an unsent note never becomes a reply."""
        return self.draft.visibility if self.draft else self.wanted

    @property
    def is_closed(self) -> bool:
        """Whether nothing can be sent any more."""
        return self.detail.status == Status.CLOSED

    @property
    def is_internal(self) -> bool:
        """Whether only the team reads it."""
        return self.visibility == Visibility.INTERNAL

    @property
    def base_version(self) -> int:
        """The version of the ticket that the text answers."""
        return self.draft.base_version if self.draft else self.detail.version

    @property
    def body(self) -> str:
        """The text to begin with."""
        return self.draft.body if self.draft else ""

    @property
    def ref(self) -> str:
        """The ticket."""
        return ticket_ref(self.detail.id)

    @property
    def banner(self) -> str:
        """What is written and who can see it, above everything."""
        subject = clip(line(self.detail.subject), 60)
        if self.is_internal:
            return f" ✎ Internal note on {self.ref} · the customer never sees this · {subject}"
        return f" ➤ Reply to {self.ref} · public: the customer reads this · {subject}"

    @property
    def reader(self) -> str:
        """Whom it goes to."""
        if self.is_internal:
            return "To the team only"
        name = line(self.detail.customer) or "a customer without a name"
        flag = f" · {line(self.flag)}" if self.flag else ""
        return f"To {name} <{line(self.detail.customer_email) or 'no address'}>{flag}"

    @property
    def first_after(self) -> str | None:
        """Pending where a reply can lead there: most replies ask or wait."""
        if Status.PENDING.value in self.after:
            return Status.PENDING.value
        return self.after[0] if self.after else None

    def then(self, chosen: str | None) -> str | None:
        """The move to make with the reply; None where the status stays."""
        stays = self.is_internal or not self.after or chosen in (None, self.after[0])
        return None if stays else chosen

    def after_words(self, chosen: str | None) -> str:
        """What happens to the ticket, for the review."""
        if self.is_internal:
            return "Nothing else changes; no clock stops for a note"
        if not self.after:
            return "A closed ticket takes no reply"
        then = self.then(chosen)
        becomes = then or (self.after[0] if self.after[0] != self.detail.status else None)
        status = f"becomes {word(becomes)}" if becomes else f"stays {word(self.after[0])}"
        return f"The ticket {status}{' and becomes yours' if self.detail.assignee_id is None else ''}"

    def welcome(self, desk: Desk) -> str:
        """What is said before anything is typed."""
        if self.draft is None:
            return "nothing to keep yet"
        at = f"draft of {stamp(self.draft.saved_at, desk.clock.now(), desk.zone)}"
        if self.is_closed:
            return f"{at}; the ticket is closed: copy it into a new one, or discard it"
        if self.visibility == self.wanted:
            return at
        return f"{at}, an unsent {'note' if self.is_internal else 'reply'}: send it or discard it first"


def begin_letter(desk: Desk, ticket_id: int, visibility: str) -> Letter:
    """The ticket as it is now, and the draft that waits on it.

    Raises:
        NotFoundError: there is no such ticket.
        InvalidTransitionError: it is closed and takes no more words; a draft that waits there can still be read.
    """
    with desk.read() as read:
        detail = ticket_detail.ticket_detail(read, ticket_id)
        if detail is None:
            raise NotFoundError("ticket", ticket_ref(ticket_id))
        kept = drafts.draft(read, ticket_id)
        messages = ticket_detail.messages(read, ticket_id)
        events = histories.history(read, ticket_id)
        agreement = agreements.ticket_agreement(read, ticket_id, read.now.date())
    if kept is None:
        takes = Action.NOTE if visibility == Visibility.INTERNAL else Action.REPLY
        next_status(ticket_ref(ticket_id), detail.status, takes)
    else:  # what was said since the draft was kept is still to be read
        messages = [one for one in messages if one.at <= kept.saved_at]
        events = [one for one in events if one.at <= kept.saved_at]
    last = max((one.change_id for one in events), default=0)
    flag = "" if agreement is None else agreement.flag
    return Letter(detail, messages, kept, visibility, statuses_after(detail.status), last, flag)


def news_since(desk: Desk, letter: Letter, error: ConflictError) -> str:
    """What somebody else did meanwhile, and what is new to read."""
    with desk.read() as read:
        messages = ticket_detail.messages(read, letter.detail.id)
    known = {one.id for one in letter.messages}
    said = [
        f"{line(one.author)} wrote: “{clip(line(one.body), 90)}”" for one in messages if one.id not in known
    ]
    done = [line(error.told)] if error.changes or not said else []
    told = "; ".join([*said, *done])
    return f"{told}. Your text is kept. Send it as it is, or go back and look (esc)."
