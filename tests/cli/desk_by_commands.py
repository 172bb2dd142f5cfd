"""A desk that is set up and worked by command lines alone, each at its instant: a case is a table of (instant, command).

Instants are those of the worked examples, `Mon 10:00` on the wall of London; `T` in a command is the ticket that the
case opened first. What the commands left behind comes back as the facts the clocks are counted from.
"""

import shlex
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from agentdesk.domain.instants import from_iso
from agentdesk.domain.sla import (
    AgentReply,
    Created,
    CustomerMessage,
    InternalNote,
    PriorityChanged,
    StatusChanged,
    SystemMessage,
    TicketEvent,
)
from agentdesk.domain.vocabulary import AuthorKind, Priority, Status
from tests.cli.conftest import Answer, Type
from tests.domain.sla.facts import UK_HOLIDAYS, at

CALENDARS = {
    "UK": ("Europe/London", "Mon-Fri 09:00-17:00", UK_HOLIDAYS),
    "NY": ("America/New_York", "Mon-Fri 09:00-17:30", ()),
    "DE": ("Europe/Berlin", "Mon-Fri 08:00-12:00,13:00-17:00; Sat 09:00-12:00", ()),
    "A7": ("Europe/London", "every day 00:00-24:00", ()),
    "NIGHT": ("America/New_York", "Sun 00:00-06:00", ()),
    "GAP": ("America/New_York", "Sun 02:30-06:00", ()),
}
"""Zone, hours and holidays of the six calendars of the worked examples."""
JO = ("customer", "new", "--name", "Jo", "--email", "jo@example.com")
"""The customer who is on every such desk."""
OPENED = "ticket new --customer jo@example.com --subject Cup --body Broken"
"""How a customer's ticket is opened."""


def calendar_line(name: str) -> list[str]:
    """The command that adds one of the six calendars."""
    zone, hours, holidays = CALENDARS[name]
    closed = [word for on in holidays for word in ("--holiday", on)]
    return ["calendar", "add", name, "--zone", zone, "--hours", hours, *closed]


@dataclass(slots=True)
class DeskByCommands:
    """One desk; the customer Jo is on it from the start, unless it is one that was set up before."""

    type: Type
    zone: str = "Europe/London"
    is_new: bool = True
    refs: list[str] = field(default_factory=list)
    """The tickets that were opened, the first one is `T`."""

    def __post_init__(self) -> None:
        if self.is_new:
            self.done(self.type(*JO))

    def calendar(self, name: str) -> None:
        """Add one of the six calendars."""
        self.done(self.type(*calendar_line(name)))

    def policy(self, name: str, *targets: str, calendar: str = "UK", more: str = "") -> None:
        """Add a policy: `policy("Standard", "frt=60m", calendar="UK")`."""
        wanted = " ".join(f"--target {target}" for target in targets)
        self.must(f"policy add {name} --calendar {calendar} {wanted} {more}")

    def replay(self, *steps: tuple[str, str]) -> str:
        """Type each command at its instant, all of which must do; the ticket that was opened."""
        for when, line in steps:
            self.step(when, line)
        return self.refs[0]

    def step(self, when: str, line: str) -> None:
        """Type one command at an instant; it must do."""
        answer = self.at(when, line)
        assert answer.code == 0, (when, line, answer.err)

    def at(self, when: str, line: str) -> Answer:
        """Type one command at an instant, whatever comes of it."""
        words = [self.refs[0] if word == "T" else word for word in shlex.split(line)]
        is_new = words[:2] == ["ticket", "new"]
        answer = self.type(*words, "--as-of", instant(when, self.zone), *(["--json"] if is_new else []))
        if is_new and answer.code == 0:
            self.refs.append(answer.json["ref"])
        return answer

    def must(self, line: str) -> Answer:
        """Type one command now; it must do."""
        return self.done(self.type(*shlex.split(line)))

    @staticmethod
    def done(answer: Answer) -> Answer:
        assert answer.code == 0, answer.err
        return answer

    def ticket(self, when: str, ref: str = "T") -> dict[str, Any]:
        """`ticket show --json` as of an instant."""
        return self.done(self.at(when, f"ticket show {ref} --json")).json

    def explained(self, when: str, ref: str = "T") -> dict[str, Any]:
        """`sla explain --json` as of an instant."""
        return self.done(self.at(when, f"sla explain {ref} --json")).json

    def facts(self, ref: str = "T") -> tuple[TicketEvent, ...]:
        """What happened to the ticket as far as clocks care, from its history and its messages."""
        ref = self.refs[0] if ref == "T" else ref
        whole = self.must(f"ticket show {ref} --json").json
        rows = self.must(f"ticket history {ref} --json").json
        return tuple(_facts(whole, rows))


def instant(when: str, zone: str = "Europe/London") -> str:
    """`Mon 10:00` as `--as-of` takes it; what says its zone is taken as it is."""
    return when if when.endswith("Z") else at(when, zone).isoformat()


def _facts(whole: dict[str, Any], rows: list[dict[str, Any]]) -> Iterable[TicketEvent]:
    """In the order of the instants; what was said in a submit comes before the status it set."""
    born = from_iso(whole["created_at"])
    moves = [_move(row, one) for row in rows for one in row["fields"] if one["field"] in _MOVES]
    said = [_said(message) for message in whole["messages"]]
    opened = next((one for one in said if one.at == born), None)
    by = AuthorKind.AGENT if isinstance(opened, AgentReply) else AuthorKind.CUSTOMER
    yield Created(born, by=by)
    rest = [one for one in (*said, *moves) if one is not opened]
    yield from sorted(rest, key=lambda one: (one.at, isinstance(one, StatusChanged)))


_MOVES = {
    "status": lambda on, to: StatusChanged(on, Status(to.replace(" ", "_"))),
    "priority": lambda on, to: PriorityChanged(on, Priority(to)),
}


def _move(row: dict[str, Any], one: dict[str, Any]) -> Any:
    return _MOVES[one["field"]](from_iso(row["at"]), one["after"])


def _said(message: dict[str, Any]) -> Any:
    on: datetime = from_iso(message["at"])
    if message["visibility"] == "internal":
        return InternalNote(on)
    kinds = {"customer": CustomerMessage, "agent": AgentReply, "system": SystemMessage}
    return kinds[message["author_kind"]](on)
