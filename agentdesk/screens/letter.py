"""What the composer knows besides the text: the ticket as it was when the writing began, the draft, and the words for both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from agentdesk.desk import Desk
from agentdesk.domain.desk_settings import SEND_WINDOW
from agentdesk.domain.errors import ConflictError, NotFoundError
from agentdesk.domain.forwarding import quote_conversation
from agentdesk.domain.lifecycle import TRANSITIONS, Action, action_towards, allowed, next_status
from agentdesk.domain.mentions import Named
from agentdesk.domain.references import ticket_ref
from agentdesk.domain.safe_text import clip, line
from agentdesk.domain.signatures import signed
from agentdesk.domain.vocabulary import Status
from agentdesk.domain.when import stamp
from agentdesk.domain.written import LetterKind, Written
from agentdesk.queries import agreements, desk_settings, drafts, histories, people, ticket_detail
from agentdesk.queries.signatures import signature_on

_WAITING = (Status.PENDING, Status.ON_HOLD)
"""A ticket goes from one to the other without being opened between."""


def word(status: str) -> str:
    """`on hold` for `on_hold`."""
    return status.replace("_", " ")


def statuses_after(status: str, kind: LetterKind = LetterKind.REPLY) -> list[str]:
    """The status a letter leaves, then the ones that can be set in the same submit; a note sets none."""
    if kind is LetterKind.FORWARD:
        can_hold = action_towards(status, Status.ON_HOLD) in allowed(status)
        return [status, Status.ON_HOLD.value] if can_hold and status != Status.ON_HOLD else [status]
    left = TRANSITIONS[Action.REPLY].get(Status(status))
    if left is None or kind is LetterKind.NOTE:
        return []
    others = [
        one.value
        for one in (Status.PENDING, Status.OPEN, Status.ON_HOLD, Status.SOLVED)
        if one != left
        and (action_towards(left, one) in allowed(left) or (left in _WAITING and one in _WAITING))
    ]
    return [left.value, *others]


@dataclass(frozen=True, slots=True)
class Letter:
    """A reply, a note or a forwarded letter that is being written.

    Attributes:
        wanted: what the agent asked for.
        draft: the unsent text of that kind that waits on the ticket.
        last_change: the newest change of the ticket when the writing began.
        flag: what the agent has to know before promising anything: an agreement that has ended.
        opening: the text to begin with where no draft waits: what is forwarded.
        window: seconds a letter can be taken back in.
        colleagues: whom a note can name.
        signature: what the agent's replies end with; none in a note or a forwarded letter.
    """

    detail: ticket_detail.TicketDetail
    messages: list[ticket_detail.MessageRow]
    draft: drafts.DraftRow | None
    wanted: LetterKind
    last_change: int = 0
    flag: str = ""
    opening: str = ""
    window: int = 0
    colleagues: Sequence[Named] = ()
    signature: str = ""

    @property
    def written(self) -> Written:
        """What to begin with: above the signature, if there is one, nothing."""
        return self.draft.written if self.draft else Written(self.opening, self.wanted, then=self.first_after)

    @property
    def kind(self) -> LetterKind:
        """The draft's, so that an unsent note never becomes a reply."""
        return self.draft.written.kind if self.draft else self.wanted

    @property
    def after(self) -> list[str]:
        """What it can leave the ticket as, the status without a move first."""
        return statuses_after(self.detail.status, self.kind)

    @property
    def is_closed(self) -> bool:
        """Whether nothing can be sent any more."""
        return self.detail.status == Status.CLOSED

    @property
    def is_internal(self) -> bool:
        """Whether the customer does not read it."""
        return self.kind is not LetterKind.REPLY

    @property
    def base_version(self) -> int:
        """The version of the ticket that the text answers."""
        return self.draft.base_version if self.draft else self.detail.version

    @property
    def ref(self) -> str:
        """The ticket."""
        return ticket_ref(self.detail.id)

    @property
    def banner(self) -> str:
        """What is written and who can see it, above everything."""
        subject = clip(line(self.detail.subject), 60)
        if self.kind is LetterKind.FORWARD:
            return f" ➥ Forward {self.ref} to a third party · the customer does not see this · {subject}"
        if self.is_internal:
            return f" ✎ Internal note on {self.ref} · the customer never sees this · {subject}"
        return f" ➤ Reply to {self.ref} · public: the customer reads this · {subject}"

    @property
    def heading(self) -> str:
        """What is about to be sent: `Reply to T-7`."""
        heads = {LetterKind.NOTE: "Internal note on", LetterKind.FORWARD: "Forward"}
        return f"{heads.get(self.kind, 'Reply to')} {self.ref}"

    def reader(self, to: str = "") -> str:
        """Whom it goes to; `to` is the third party as far as it is known."""
        if self.kind is LetterKind.FORWARD:
            return f"To <{line(to) or 'nobody yet'}>"
        if self.is_internal:
            return "To the team only"
        name = line(self.detail.customer) or "a customer without a name"
        flag = f" · {line(self.flag)}" if self.flag else ""
        return f"To {name} <{line(self.detail.customer_email) or 'no address'}>{flag}"

    def leaving(self) -> str:
        """By which way it leaves, and when."""
        if self.kind is LetterKind.NOTE:
            return "Stays here: nothing goes out"
        if self.kind is LetterKind.REPLY and not self.detail.customer_email:
            return "No e-mail address: nothing goes out; the reply is kept on the ticket"
        span = (
            f"{self.window} seconds after sending; z takes it back until then" if self.window else "at once"
        )
        return f"By e-mail, {span}"

    @property
    def first_after(self) -> str | None:
        """Pending where a reply can lead there: most replies ask or wait. What waits already stays as it is."""
        is_waiting = self.detail.status in _WAITING
        if Status.PENDING.value in self.after and self.kind is LetterKind.REPLY and not is_waiting:
            return Status.PENDING.value
        return self.after[0] if self.after else None

    def then(self, chosen: str | None) -> str | None:
        """The move to make with the letter; None where the status stays."""
        stays = not self.after or chosen in (None, self.after[0])
        return None if stays else chosen

    def becomes(self, chosen: str | None) -> str | None:
        """The status that is left; None where the letter says nothing about it."""
        return self.then(chosen) or (self.after[0] if self.after else None)

    def after_words(self, chosen: str | None, changes: Mapping[str, str] = MappingProxyType({})) -> str:
        """What happens to the ticket, for the review.

        Args:
            chosen: the status that was chosen for after the sending.
            changes: what else is set with it; a status among them comes last, so it holds.
        """
        if self.kind is LetterKind.NOTE and "status" not in changes:
            return (
                "No clock stops for a note" if changes else "Nothing else changes; no clock stops for a note"
            )
        if self.is_closed or not (self.after or changes):
            return "A closed ticket takes no reply"
        then = self.then(chosen)
        left = changes.get("status") or then or (self.after[0] if self.after else self.detail.status)
        status = f"{'stays' if left == self.detail.status else 'becomes'} {word(left)}"
        if then and self.kind is LetterKind.FORWARD:
            status += " and waits for them"
        is_mine = self.detail.assignee_id is None and self.kind is LetterKind.REPLY
        return f"The ticket {status}{' and becomes yours' if is_mine else ''}"

    def welcome(self, desk: Desk) -> str:
        """What is said before anything is typed."""
        if self.draft is None:
            return "nothing to keep yet"
        at = f"draft of {stamp(self.draft.saved_at, desk.clock.now(), desk.zone)}"
        if self.is_closed:
            return f"{at}; the ticket is closed: copy it into a new one, or discard it"
        if self.draft.others:
            return f"{at} · F5 your other text"
        return at


def begin_letter(desk: Desk, ticket_id: int, kind: str, message_id: int | None = None) -> Letter:
    """The ticket as it is now, and the draft that waits on it.

    Args:
        desk: the desk.
        ticket_id: the ticket.
        kind: `reply`, `note` or `forward`.
        message_id: the one message to forward; all that was said to and by the customer unless given.

    Raises:
        NotFoundError: there is no such ticket.
        InvalidTransitionError: it is closed and takes no more words; a draft that waits there can still be read.
    """
    wanted = LetterKind(kind)
    with desk.read() as read:
        detail = ticket_detail.ticket_detail(read, ticket_id)
        if detail is None:
            raise NotFoundError("ticket", ticket_ref(ticket_id))
        kept = drafts.draft(read, ticket_id, wanted)
        messages = ticket_detail.messages(read, ticket_id)
        events = histories.history(read, ticket_id)
        agreement = agreements.ticket_agreement(read, ticket_id, read.now.date())
        window = desk_settings.desk_number(read, SEND_WINDOW)
        signature = signature_on(read, ticket_id, desk.zone) if wanted is LetterKind.REPLY else ""
        colleagues = people.nameable(read) if wanted is LetterKind.NOTE else ()
    opening = signed("", signature)
    if wanted is LetterKind.FORWARD:
        quoted = [one for one in messages if message_id in (None, one.id)]
        opening = f"\n\n{quote_conversation(detail.subject, quoted, desk.zone)}"
    if kept is None:
        takes = Action.REPLY if wanted is LetterKind.REPLY else Action.NOTE
        next_status(ticket_ref(ticket_id), detail.status, takes)
    else:  # what was said since the draft was kept is still to be read
        messages = [one for one in messages if one.at <= kept.saved_at]
        events = [one for one in events if one.at <= kept.saved_at]
    last = max((one.change_id for one in events), default=0)
    flag = "" if agreement is None else agreement.flag
    return Letter(detail, messages, kept, wanted, last, flag, opening, window, colleagues, signature)


def has_news(desk: Desk, letter: Letter) -> bool:
    """Whether something was said since the writing began."""
    with desk.read() as read:
        said = ticket_detail.messages(read, letter.detail.id)
    return not {one.id for one in said} <= {one.id for one in letter.messages}


def news_since(desk: Desk, letter: Letter, error: ConflictError) -> str:
    """What somebody else did meanwhile, and what is new to read."""
    with desk.read() as read:
        messages = ticket_detail.messages(read, letter.detail.id)
    known = {one.id for one in letter.messages}
    said = [
        f"{line(one.author)} wrote: “{clip(line(one.body), 90)}”" for one in messages if one.id not in known
    ]
    done = list(
        filter(None, [line(error.changed if said else error.told)])
    )  # who spoke is told with the words
    told = "; ".join([*said, *done])
    return f"{told}. Your text is kept. Send it as it is, or go back and look (esc)."
