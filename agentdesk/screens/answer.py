"""The words that an answer to an escalation needs: why not, what was found, what was done."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual.app import ComposeResult
from textual.widgets import Static

from agentdesk.desk import Desk
from agentdesk.domain.safe_text import line
from agentdesk.screens.dialog import DeskDialog, field
from agentdesk.widgets.safe import body
from agentdesk.widgets.writing_area import WritingArea

if TYPE_CHECKING:
    from agentdesk.store.change import Change


@dataclass(frozen=True, slots=True)
class Verb:
    """One answer.

    Attributes:
        title: what is done, in the title and on the button.
        done: the same in the past, for the toast.
        label: what the words are.
        placeholder: what they say.
        missing: what is said where they are missing; empty where they may be.
        will: what will happen; `{asker}` becomes `bo is`, `{owner}` says whose the ticket stays.
    """

    title: str
    done: str
    label: str
    placeholder: str
    missing: str
    will: str


VERBS: Final = {
    "decline": Verb(
        "Decline",
        "Declined",
        "Reason",
        "why not, and who else could help",
        "Say why: whoever asked has to go on from these words.",
        "{asker} told at once. {owner}",
    ),
    "return": Verb(
        "Return",
        "Returned",
        "Outcome",
        "what was found, and what is left to do",
        "Say what was found: whoever asked goes on from these words.",
        "It goes back with what was found; {asker} told at once. {owner}",
    ),
    "resolve": Verb(
        "Resolve",
        "Resolved",
        "Outcome",
        "what was done or decided",
        "Say what was done or decided: whoever asked acts on it.",
        "What was asked for is done; {asker} told at once. {owner}",
    ),
    "withdraw": Verb(
        "Withdraw",
        "Withdrew",
        "Reason",
        "optional, for the history",
        "",
        "Nobody owes an answer any more. The ticket and its owner stay as they are.",
    ),
}


class AnswerDialog(DeskDialog):
    """One field, and what becomes of it.

    Args:
        desk: The desk.
        numbers: The escalations.
        verb: A key of `VERBS`.
        asked: What was asked, where it is one.
    """

    confirm_label: ClassVar[str] = "Answer"

    def __init__(
        self, desk: Desk, numbers: Sequence[int], *, verb: str, asked: str = "", **named: Any
    ) -> None:
        super().__init__(desk, **named)
        self.numbers, self.verb, self.words = list(numbers), verb, VERBS[verb]
        self.asked = asked
        self.confirm_label = self.words.title  # type: ignore[misc]  # the verb of this answer

    @property
    def what(self) -> str:
        """`escalation 7` for one, `3 escalations` for more."""
        return name_of(self.numbers)

    @property
    def title_words(self) -> str:
        """What is done to which."""
        return f"{self.words.title} {self.what}"

    def learn(self) -> None:
        """Who asked, and who owns the ticket: mostly, but not always, the same one."""
        self._asker, self._owner = "whoever asked is", "The tickets and their owners stay as they are."
        if len(self.numbers) == 1:
            self._asker, self._owner = self._read_people(self.numbers[0])

    def _read_people(self, number: int) -> tuple[str, str]:
        from agentdesk.queries import escalations, tickets

        me = self.desk.actor.handle
        with self.desk.read() as read:
            asked = escalations.escalation(read, number)
            [ticket] = tickets.by_ids(read, [asked.ticket_id]) if asked else [None]
        if asked is None or ticket is None:
            return self._asker, ""
        if asked.asked_by is None:
            asker = "whoever looks after the desk is"
        else:
            asker = "you are" if asked.asked_by == me else f"{line(asked.asked_by)} is"
        if ticket.assignee is None:
            return asker, f"{ticket.ref} stays without an owner."
        stays = "You stay" if ticket.assignee == me else f"{line(ticket.assignee)} stays"
        return asker, f"{stays} the owner of {ticket.ref}."

    def fields(self) -> ComposeResult:
        """The words."""
        yield field(
            self.words.label,
            WritingArea(
                id="words", compact=True, show_line_numbers=False, placeholder=self.words.placeholder
            ),
        )

    def begin(self) -> None:
        """Begin to write."""
        self.query_one("#words").focus()

    def sentence(self) -> str:
        """What was asked, and what will happen."""
        will = self.words.will.replace("{asker}", self._asker).replace("{owner}", self._owner).strip()
        will = f"{will[0].upper()}{will[1:]}"
        return f"Asked: {self.asked}\n\n{will}" if self.asked else will

    def retell(self) -> None:
        """The sentence has lines of its own."""
        self.query_one("#sentence", Static).update(body(self.sentence()))

    def action_confirm(self) -> None:
        """Answer, if it is complete."""
        area = self.query_one("#words", WritingArea)
        said = area.text.strip()
        if self.words.missing and not said:
            self.refuse(self.words.missing, area)
            return

        def answer(change: "Change") -> Any:
            from agentdesk import services

            for number in self.numbers:
                getattr(services, f"{self.verb}_escalation")(change, number, said)

        self.carry_out(f"{self.words.done} {self.what}", answer)


def name_of(numbers: Sequence[int]) -> str:
    """`escalation 7` for one, `3 escalations` for more."""
    return f"escalation {numbers[0]}" if len(numbers) == 1 else f"{len(numbers)} escalations"
