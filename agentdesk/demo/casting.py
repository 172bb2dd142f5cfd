"""Who writes, about what, to whom: one story for each ticket, with its plot, its people and its slots."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from random import Random

from agentdesk.demo import rhythm
from agentdesk.demo.material import Scenario, scenarios
from agentdesk.demo.open_ends import can_stay, stop_somewhere
from agentdesk.demo.persons import Order, Person
from agentdesk.demo.slots import buy, fill_slots
from agentdesk.demo.story import Act, Plot, Step, begin, take, to_the_end
from agentdesk.demo.wording import capital, fill

TICKETS = 2000
OPEN = 152
_MOODS = {"polite": 50, "terse": 24, "furious": 10, "confused": 16}
_PRESSING = (5, 10, 85, 0)
_CALM = (0, 2.5, 88.5, 9)
"""Weights of the four priorities where the scenario names none."""
_OUTAGE = "app-outage"
_SPAM = "spam"


@dataclass(slots=True)
class Story:
    """A ticket before it is told."""

    at: datetime
    person: Person
    scenario: Scenario
    mood: str
    priority: str
    channel: str
    slots: dict[str, str]
    subject: str
    tags: list[str]
    steps: list[Step]
    threads: frozenset[str]
    """What was laid in its texts, see `Scenario`."""
    is_open: bool
    """Whether it is still in the backlog at the end."""
    due_at: datetime | None = None
    """What is promised at the opening."""
    queue: str = ""
    """Where it is opened."""
    owner_id: int = 0
    id: int = 0


def invent_stories(rng: Random, now: datetime, zone: tzinfo, persons: list[Person]) -> list[Story]:
    """About `TICKETS` stories in the order of their opening, `OPEN` of them without an end."""
    arrivals = rhythm.arrivals(rng, now, zone, TICKETS + rng.randint(-30, 30))
    bad = rhythm.bad_day(now, zone)
    known = scenarios()
    spread = [1 / math.sqrt(place) for place in range(1, len(persons) + 1)]
    rng.shuffle(spread)
    told = [_pick_scenario(rng, known, is_bad=bad <= at < bad + timedelta(days=1)) for at in arrivals]
    shares = {one.id: [_share(one, *each) for each in zip(persons, spread, strict=True)] for one in known}
    unfinished = _choose_open(rng, now, arrivals, told)
    return [
        _cast(
            rng, now, at, scenario, rng.choices(persons, shares[scenario.id])[0], is_open=place in unfinished
        )
        for place, (at, scenario) in enumerate(zip(arrivals, told, strict=True))
    ]


def _pick_scenario(rng: Random, known: tuple[Scenario, ...], *, is_bad: bool) -> Scenario:
    outage = 80.0 if is_bad else 0.0
    weights = [{_OUTAGE: outage, _SPAM: 0.35}.get(one.id, one.weight) for one in known]
    return rng.choices(known, weights)[0]


def _share(scenario: Scenario, person: Person, share: float) -> float:
    """How likely this person writes about this: in their language, and for an organization where it is its matter."""
    if scenario.for_companies and person.company is None:
        return 0.0
    if scenario.language == "en":
        return share * (0.3 if person.language in ("de", "fr", "es", "ja") else 1.0)
    return share if person.language == scenario.language else 0.0


def _choose_open(rng: Random, now: datetime, arrivals: list[datetime], told: list[Scenario]) -> set[int]:
    """The places of the stories without an end: the newest for certain, then fewer and fewer."""

    def draw(place: int) -> float:
        age = (now - arrivals[place]).total_seconds() / 3600
        if age < 2:
            return 2.0
        if not can_stay(told[place], age) or told[place].id in (_SPAM, _OUTAGE):
            return 0.0
        return float(rng.random() ** (1 / (math.exp(-age / 46) + 0.0012)))

    ranked = sorted(range(len(arrivals)), key=draw, reverse=True)
    return set(ranked[: OPEN + rng.randint(-10, 10)])


def _cast(
    rng: Random, now: datetime, at: datetime, scenario: Scenario, person: Person, *, is_open: bool
) -> Story:
    mood = rng.choices(scenario.moods, [_MOODS[mood] for mood in scenario.moods])[0]
    priority = scenario.priority
    if priority == "normal":
        weights = _PRESSING if scenario.type in ("incident", "complaint") or mood == "furious" else _CALM
        priority = rng.choices(("urgent", "high", "normal", "low"), weights)[0]
    plot = Plot(rng, scenario, priority, mood)
    if scenario.id == _SPAM:
        begin(plot)
        plot.add(Act.SPAM)
    elif is_open:
        stop_somewhere(plot, (now - at).total_seconds() / 3600)
    else:
        begin(plot)
        take(plot)
        to_the_end(plot)
    slots = fill_slots(rng, person, _order_of(rng, person, at, scenario), at, scenario.language)
    slots["agent_or_team"] = "Ottilie team"
    return Story(
        at=at,
        person=person,
        scenario=scenario,
        mood=mood,
        priority=priority,
        channel=rng.choice(scenario.channels),
        slots=slots,
        subject=capital(fill(rng, plot.choose(scenario.subject), slots)),
        tags=list(scenario.tags) if rng.random() < 0.85 else [],
        steps=plot.steps,
        threads=frozenset(plot.threads),
        is_open=is_open and scenario.id != _SPAM,
        queue=scenario.queue,
    )


def _order_of(rng: Random, person: Person, at: datetime, scenario: Scenario) -> Order:
    """The order a ticket is about: a recent one of this person, else one they made some days before."""
    machine = scenario.needs_machine
    for order in reversed(person.orders):
        fits = (not order.item[0].isdigit()) == machine
        if fits and timedelta(days=4) <= at - order.at <= timedelta(days=25):
            return order
    person.orders.append(
        buy(rng, (at - timedelta(days=rng.uniform(4, 12))).replace(microsecond=0), machine=machine)
    )
    return person.orders[-1]
