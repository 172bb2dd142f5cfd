"""What the last look says about a letter: to whom, by which way, what changes with it, what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass

from agentdesk.desk import Desk
from agentdesk.domain.macro import as_of
from agentdesk.domain.mentions import handles_in
from agentdesk.domain.placeholders import empty_placeholders
from agentdesk.domain.safe_text import line
from agentdesk.domain.vocabulary import Status
from agentdesk.domain.written import LetterKind, Written
from agentdesk.queries import people
from agentdesk.screens.letter import Letter, word


@dataclass(frozen=True, slots=True)
class Review:
    """One letter as it would be sent.

    Attributes:
        heading: what is about to happen: `Reply to T-7`.
        reader: who will read it.
        text: what they will read.
        facts: what else there is to know, each a sentence with its label.
        missing: why it cannot be sent yet; empty where it can.
        doubts: what is worth a second thought.
        statuses: what the ticket can become with it, the status it has by itself first; empty for a note.
        is_internal: whether the customer does not read it.
        verb: what is done with it: a note stays here.
    """

    heading: str
    reader: str
    text: str
    facts: tuple[tuple[str, str], ...] = ()
    missing: str = ""
    doubts: str = ""
    statuses: tuple[str, ...] = ()
    is_internal: bool = False
    verb: str = "Send"


def look_over(desk: Desk, letter: Letter, written: Written, *, news: Sequence[str] = ()) -> Review:
    """Read what the review says; `news` is what has happened on the ticket meanwhile."""
    becomes = letter.becomes(written.then)
    facts = [
        ("Tells", ", ".join(_told(desk, written))),
        ("Then", letter.after_words(written.then, written.changes)),
        ("Sets", _set_words(desk, written, becomes)),
        ("But", _unset(written, becomes)),
        ("With it", " · ".join(one.told for one in written.files)),
        ("Leaves", letter.leaving()),
    ]
    return Review(
        letter.heading,
        letter.reader(written.to),
        written.text,
        tuple(fact for fact in facts if fact[1]),
        _missing(written),
        "\n".join(filter(None, [*news, _doubts(desk, written)])),
        tuple(letter.after),
        letter.is_internal,
        "Save" if letter.kind is LetterKind.NOTE else "Send",
    )


def _set_words(desk: Desk, written: Written, becomes: str | None) -> str:
    """What is set with it; last what another key would leave out."""
    sets = as_of(written.fitting(becomes).changes, desk.clock.now(), desk.zone)
    loose = [name for name in written.left_out(Status.SOLVED) if becomes and name in sets]
    told = [f"{line(name)} {line(sets[name])}" for name in sorted(sets, key=loose.__contains__)]
    return f"{', '.join(told)}{' unless it is sent as solved or open' if loose else ''}"


def _unset(written: Written, becomes: str | None) -> str:
    """What is not set."""
    if out := written.left_out(becomes):
        return f"{', '.join(out)}: not set, the ticket is {word(becomes or '')}"
    return ""


def _missing(written: Written) -> str:
    names = dict.fromkeys(line(one.shown) for one in empty_placeholders(written.text))
    return f"Nothing was filled in for {', '.join(names)}: fill it in, or take it out." if names else ""


def _told(desk: Desk, written: Written) -> list[str]:
    """Whom a note gives a notice, as they are named in it."""
    named = {one.lower() for one in handles_in(written.text)} if written.kind is LetterKind.NOTE else set()
    if not named:
        return []
    with desk.read() as read:
        known = [one for one in people.agents(read) if one.is_active and one.id != desk.actor.id]
    return [f"@{one.handle} {line(one.name)}" for one in known if one.handle.lower() in named]


def _doubts(desk: Desk, written: Written) -> str:
    named = handles_in(written.text) if written.kind is LetterKind.NOTE else []
    if not named:
        return ""
    with desk.read() as read:
        known = {one.handle.lower() for one in people.agents(read) if one.is_active}
    unknown = [f"@{name}" for name in named if name.lower() not in known]
    return f"No agent is called {', '.join(unknown)}: nobody is told." if unknown else ""
