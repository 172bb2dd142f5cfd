"""The plot of a ticket: which steps lead from its opening to where it stands, before anybody knows when.

Every plot obeys the state machine; what is said in it comes from one scenario.
"""

import math
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from random import Random

from agentdesk.demo.material import Scenario
from agentdesk.demo.wording import pick


class Act(StrEnum):
    """What can happen in a story."""

    OPEN = "open"
    WRITE = "write"
    """The customer writes again."""
    MOVE = "move"
    TAKE = "take"
    RELEASE = "release"
    PRIORITY = "priority"
    PROMISE = "promise"
    """A new `due_at`."""
    NOTE = "note"
    REPLY = "reply"
    ASK = "ask"
    """A reply that leaves the ticket pending."""
    HOLD = "hold"
    WAKE = "wake"
    SOLVE = "solve"
    CLOSE = "close"
    MERGE = "merge"
    SPAM = "spam"
    ESCALATE = "escalate"
    ACCEPT = "accept"
    DECLINE = "decline"
    RETURN = "return"
    RESOLVE = "resolve"
    WITHDRAW = "withdraw"


BY_CUSTOMER = (Act.OPEN, Act.WRITE)
BY_DESK = (Act.WAKE, Act.CLOSE)
_HOURS: dict[Act, tuple[float, float]] = {
    Act.WRITE: (7.0, 0.9),
    Act.MOVE: (0.5, 0.6),
    Act.TAKE: (0.9, 0.9),
    Act.RELEASE: (3.0, 0.5),
    Act.PRIORITY: (0.1, 0.5),
    Act.NOTE: (0.35, 0.7),
    Act.REPLY: (0.5, 0.8),
    Act.ASK: (0.5, 0.8),
    Act.HOLD: (0.6, 0.7),
    Act.WAKE: (44.0, 0.4),
    Act.SOLVE: (0.7, 0.9),
    Act.MERGE: (1.5, 0.6),
    Act.SPAM: (2.0, 0.7),
    Act.ESCALATE: (0.4, 0.6),
    Act.ACCEPT: (2.5, 0.7),
    Act.DECLINE: (3.0, 0.7),
    Act.RETURN: (7.0, 0.6),
    Act.RESOLVE: (12.0, 0.6),
    Act.WITHDRAW: (5.0, 0.6),
}
"""Median hours since the step before and spread, log-normal."""
_MARKS = re.compile(r"(?:[@^][a-z]+ )+")
_PACE = {"urgent": 0.35, "high": 0.5, "normal": 1.0, "low": 1.8}

TRIED, MORE = "tried", "more"
"""Threads laid by the plot itself: something was tried out, something else was asked."""
UNKNOWN = datetime.max.replace(tzinfo=UTC)


@dataclass(slots=True)
class Step:
    """One thing that happens; `at`, `agent_id` and `body` are known once the story is cast and laid out."""

    act: Act
    words: str = ""
    """Template of what is said."""
    hours: float = 0.0
    is_reopening: bool = False
    at: datetime = UNKNOWN
    agent_id: int | None = None
    body: str = ""
    message_id: int = 0
    value: object = None
    """The new priority, queue or promise; the ticket merged into."""
    wake_at: datetime | None = None


@dataclass(slots=True)
class Plot:
    """The steps of one ticket as they are thought up."""

    rng: Random
    scenario: Scenario
    priority: str
    mood: str
    steps: list[Step] = field(default_factory=list)
    threads: set[str] = field(default_factory=set)
    """What was said on the way that later texts refer to."""

    def add(self, act: Act, words: tuple[str, ...] | str = "", *, after: float | None = None) -> Step:
        """Append a step; of several texts one that fits is taken."""
        text = self.choose((words,) if isinstance(words, str) else words)
        median, spread = _HOURS.get(act, (1.0, 0.5))
        pace = 1.0 if act in (Act.WRITE, Act.WAKE) else _PACE[self.priority]
        hours = self.rng.lognormvariate(math.log(after or median * pace), spread)
        self.steps.append(Step(act, text, min(hours, 140.0)))
        return self.steps[-1]

    def fitting(self, texts: tuple[str, ...]) -> tuple[str, ...]:
        """The texts that may be said here: those that take up a thread, else those that need none."""
        taken_up = tuple(text for text in texts if (needs := _marks(text, "@")) and needs <= self.threads)
        return taken_up or tuple(text for text in texts if not _marks(text, "@"))

    def choose(self, texts: tuple[str, ...]) -> str:
        """One of the fitting texts, any if none fits, without its marks, whose threads are laid now."""
        if not texts:
            return ""
        text = self.rng.choice(self.fitting(texts) or texts)
        self.threads |= _marks(text, "^")
        return _MARKS.sub("", text)

    def phrase(self, occasion: str) -> str:
        """A phrase of the scenario's language."""
        return pick(self.rng, self.scenario.language, occasion)

    def happens(self, chance: float) -> bool:
        """Whether something of this chance takes place."""
        return self.rng.random() < chance

    def chase(self) -> None:
        """The customer asks what is going on."""
        occasion = "chase_furious" if self.mood == "furious" else "chase"
        heard = any(step.act in (Act.ASK, Act.HOLD) for step in self.steps)
        self.add(Act.WRITE, self.phrase(occasion if heard else f"{occasion}_new"), after=24)


def _marks(text: str, sign: str) -> set[str]:
    found = _MARKS.match(text)
    return {word[1:] for word in found[0].split() if word[0] == sign} if found else set()


def begin(plot: Plot) -> None:
    """The opening, and whatever comes before an agent has it."""
    plot.add(Act.OPEN, getattr(plot.scenario, plot.mood))


def take(plot: Plot) -> None:
    """An agent takes it, sometimes after a detour."""
    if plot.happens(0.05):
        plot.add(Act.MOVE)
    plot.add(Act.TAKE)
    if plot.priority == "normal" and plot.happens(0.05 + 0.15 * (plot.mood == "furious")):
        plot.add(Act.PRIORITY).value = "high"


def ponder(plot: Plot, chance: float) -> None:
    """An internal note, where there is something to note."""
    if plot.fitting(plot.scenario.note) and plot.happens(chance):
        plot.add(Act.NOTE, plot.scenario.note)
