"""Who is told, and who takes over, as the target of a clock is used up: the escalation ladder of a policy.

A step is named by what it does and when, never by its place, so that one that was taken is not taken again under
another version of the policy. Law: what `spell_ladder` says, `parse_ladder` reads.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from agentdesk.domain.minutes import MinutesError, parse_minutes, say_minutes
from agentdesk.domain.sla.errors import LadderError
from agentdesk.domain.sla.thresholds import PERCENT

POINTS: Final = tuple(PERCENT.values())
"""Shares of the target, in percent, at which a step can stand: those whose instants every clock keeps."""
_EXAMPLES: Final = "Write for example '75% notify assignee', or '100%+60m escalate manager'."
_STEP = re.compile(r"(\d{1,4}) ?%(?: ?\+ ?(.+?))? ([a-z]+)(?: to)? ([a-z]+)", re.ASCII)


class Deed(StrEnum):
    """What a step does; to escalate is also to tell."""

    NOTIFY = "notify"
    ESCALATE = "escalate"


class Party(StrEnum):
    """Whom a step turns to."""

    ASSIGNEE = "assignee"
    LEAD = "lead"
    MANAGER = "manager"


LEVELS: Final = (Party.LEAD, Party.MANAGER)
"""Whom an escalation can go to: more authority than the assignee has."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a ladder.

    Attributes:
        at: percent of the target that is used: 75, 90 or 100.
        plus_minutes: business minutes after that, 0 unless `at` is 100.
        do: what is done.
        to: with whom; a level where `do` is to escalate.

    Raises:
        LadderError: no clock has such a step.
    """

    at: int
    plus_minutes: int
    do: Deed
    to: Party

    def __post_init__(self) -> None:
        if self.at not in POINTS:
            raise LadderError(self.spelled, f"{self.at} % is no threshold. Choose 75, 90 or 100.")
        if self.plus_minutes < 0 or (self.plus_minutes and self.at < 100):
            raise LadderError(self.spelled, "time is added to 100 % only. Write for example 100%+60m.")
        if self.do is Deed.ESCALATE and self.to not in LEVELS:
            raise LadderError(self.spelled, f"an escalation goes to {' or '.join(LEVELS)}.")

    @property
    def point(self) -> str:
        """When: `75%`, `100%+60m`."""
        return f"{self.at}%+{self.plus_minutes}m" if self.plus_minutes else f"{self.at}%"

    @property
    def id(self) -> str:
        """`100%+60m:escalate:manager`: unique in a ladder, and the same in every version of a policy that has it."""
        return f"{self.point}:{self.do}:{self.to}"

    @property
    def spelled(self) -> str:
        """As `parse_ladder` reads it: `100%+60m escalate manager`."""
        return f"{self.point} {self.do} {self.to}"

    @property
    def told(self) -> str:
        """In words: `100 % of a target used, and 1 h of business hours more: escalate to manager`."""
        more = f", and {say_minutes(self.plus_minutes)} of business hours more" if self.plus_minutes else ""
        to = "to " if self.do is Deed.ESCALATE else ""
        return f"{self.at} % of a target used{more}: {self.do} {to}{self.to}"


Ladder = tuple[Step, ...]
DEFAULT_LADDER: Final[Ladder] = (
    Step(75, 0, Deed.NOTIFY, Party.ASSIGNEE),
    Step(90, 0, Deed.NOTIFY, Party.LEAD),
    Step(100, 0, Deed.ESCALATE, Party.LEAD),
    Step(100, 60, Deed.ESCALATE, Party.MANAGER),
)
"""The ladder of `vocabulary.md` 3.3."""


def ladder_of(steps: Iterable[Step]) -> Ladder:
    """The steps in the order in which they come.

    Raises:
        LadderError: one of them is there twice.
    """
    deeds, parties = list(Deed), list(Party)
    ordered = sorted(
        steps, key=lambda one: (one.at, one.plus_minutes, deeds.index(one.do), parties.index(one.to))
    )
    for place, step in enumerate(ordered[1:]):
        if step == ordered[place]:
            raise LadderError(step.spelled, "it is there twice. Name it once.")
    return tuple(ordered)


def parse_ladder(texts: Iterable[str]) -> Ladder:
    """The ladder that people mean by `75% notify assignee`, `100% + 1 h escalate to manager`.

    Raises:
        LadderError: a step cannot be read, cannot be, or is there twice.
    """
    return ladder_of(map(_parse, texts))


def spell_ladder(ladder: Iterable[Step]) -> list[str]:
    """What `parse_ladder` reads."""
    return [step.spelled for step in ladder]


def as_rows(ladder: Iterable[Step]) -> list[dict[str, Any]]:
    """As a store and JSON hold it."""
    return [
        {"at": one.at, "plus_minutes": one.plus_minutes, "do": one.do.value, "to": one.to.value}
        for one in ladder
    ]


def read_rows(rows: Iterable[Mapping[str, Any]]) -> Ladder:
    """What `as_rows` made."""
    return ladder_of(
        Step(int(row["at"]), int(row["plus_minutes"]), Deed(row["do"]), Party(row["to"])) for row in rows
    )


def _parse(text: str) -> Step:
    match = _STEP.fullmatch(" ".join(text.lower().split()))
    if match is None:
        raise LadderError(text, f"it cannot be read. {_EXAMPLES}")
    at, more, do, to = match.groups()
    for word, known in ((do, Deed), (to, Party)):
        if word not in list(known):
            raise LadderError(text, f"“{word}” is not known. Write {' or '.join(known)}.")
    try:
        plus = parse_minutes(more) if more else 0
    except MinutesError as error:
        raise LadderError(text, str(error)) from None
    return Step(int(at), plus, Deed(do), Party(to))
