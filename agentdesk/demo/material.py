"""The written material of the sample desk, read once from the data files beside this module."""

import tomllib
from dataclasses import dataclass, field, fields
from functools import cache
from importlib import resources
from typing import Any

_SCENARIOS = ("orders", "billing", "technical", "support", "returns", "abroad")
MOODS = ("polite", "terse", "furious", "confused")


@dataclass(frozen=True, slots=True)
class Scenario:
    """One thing customers write about, with everything that may be said on the way to its end.

    Texts are templates: `{slot}` is filled for each ticket, `[a|b]` is a choice. A text that begins with `^word`
    lays a thread, one that begins with `@word` is said only where that thread was laid, and then goes before others.
    """

    id: str
    queue: str
    category: str
    subject: tuple[str, ...]
    weight: float = 1.0
    language: str = "en"
    type: str = "question"
    priority: str = "normal"
    resolution: str = "answered"
    tags: tuple[str, ...] = ()
    channels: tuple[str, ...] = ("email", "email", "email", "web")
    polite: tuple[str, ...] = ()
    terse: tuple[str, ...] = ()
    furious: tuple[str, ...] = ()
    confused: tuple[str, ...] = ()
    ask: tuple[str, ...] = ()
    """What the agent asks back; the ticket then waits for the customer."""
    answer: tuple[str, ...] = ()
    note: tuple[str, ...] = ()
    hold: tuple[str, ...] = ()
    """What the customer is told while `waiting_for` is asked."""
    waiting_for: str = ""
    update: tuple[str, ...] = ()
    """The end after a hold."""
    fix: tuple[str, ...] = ()
    """Something to try, with the question whether it helped."""
    resolve: tuple[str, ...] = ()
    more: tuple[tuple[str, ...], ...] = ()
    """Pairs: another question once the first is answered, and its answer."""
    again: tuple[str, ...] = ()
    again_reply: tuple[str, ...] = ()
    escalation: dict[str, str] = field(default_factory=dict)
    hold_hours: float = 44.0
    """How long the third party takes, about."""
    for_companies: bool = False
    """Only people of an organization write this."""

    @property
    def moods(self) -> tuple[str, ...]:
        """The moods this scenario has an opening for."""
        return tuple(mood for mood in MOODS if getattr(self, mood))

    @property
    def needs_machine(self) -> bool:
        """Whether the order it is about is one of a machine."""
        return any("{machine}" in text for text in texts(self))


@cache
def scenarios() -> tuple[Scenario, ...]:
    """Every scenario, in the order of the files."""
    return tuple(
        Scenario(**{name: _frozen(value) for name, value in entry.items()})
        for part in _SCENARIOS
        for entry in load(f"scenarios_{part}")["scenario"]
    )


@cache
def phrases() -> dict[str, dict[str, Any]]:
    """What people write around the matter, by language and occasion."""
    return load("phrases")


@cache
def people() -> dict[str, Any]:
    """Names, organizations, agents, queues and what is noted on customers."""
    return load("people")


def texts(scenario: Scenario) -> tuple[str, ...]:
    """Every template of a scenario."""
    found: list[str] = []
    for one in fields(scenario):
        value = getattr(scenario, one.name)
        if one.name not in ("tags", "channels") and isinstance(value, tuple):
            found += [text for item in value for text in ((item,) if isinstance(item, str) else item)]
    return (*found, *scenario.escalation.values())


def load(name: str) -> dict[str, Any]:
    """One of the data files."""
    return tomllib.loads(resources.files("agentdesk.demo").joinpath(f"{name}.toml").read_text("utf-8"))


def _frozen(value: Any) -> Any:
    return tuple(_frozen(one) for one in value) if isinstance(value, list) else value
