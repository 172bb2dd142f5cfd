"""Who writes, about what, to whom: one story for each ticket, with its plot, its people and its slots."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from random import Random

from agentdesk.demo import rhythm
from agentdesk.demo.endings import come_back_to, lead_to_the_end
from agentdesk.demo.flow import Course, hours_to_settle, run_desk
from agentdesk.demo.material import Scenario, scenarios
from agentdesk.demo.open_ends import OLD, stop_reopened, stop_somewhere
from agentdesk.demo.persons import Order, Person
from agentdesk.demo.slots import buy, fill_slots
from agentdesk.demo.story import Act, Plot, Step, begin
from agentdesk.demo.wording import capital, fill

TICKETS = 2000
_MOODS = {"polite": 50, "terse": 24, "furious": 10, "confused": 16}
_PRESSING = (5, 10, 85, 0)
_CALM = (0, 2.5, 88.5, 9)
"""Weights of the four priorities where the scenario names none."""
_HASTE = {"urgent": 0.5, "high": 0.75, "normal": 1.0, "low": 1.15}
"""What a priority does to the hours until a matter is settled."""
_OUTAGE = "app-outage"
_SPAM = "spam"
_TRIES = 40
"""How often a plot is thought up anew until there is a reason for what takes place."""
_PRESSING_NAMES = ("urgent", "high")
_UNCLAIMED = timedelta(hours=1), timedelta(hours=26)
"""How old a pressing ticket may be that nobody has taken yet."""


@dataclass(slots=True)
class _Matter:
    """What somebody writes about, and how."""

    at: datetime
    scenario: Scenario
    mood: str
    priority: str
    is_claimed: bool | None = None
    """Whether an agent has it already, where that is not left to chance."""


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
    """About `TICKETS` stories in the order of their opening, some of them without an end."""
    bad = rhythm.bad_day(now, zone)
    known = scenarios()
    spread = [1 / math.sqrt(place) for place in range(1, len(persons) + 1)]
    rng.shuffle(spread)
    shares = {one.id: [_share(one, *each) for each in zip(persons, spread, strict=True)] for one in known}
    matters = [
        _think_up(rng, at, known, is_outage=bad + rhythm.OUTAGE[0] <= at < bad + rhythm.OUTAGE[1])
        for at in rhythm.arrivals(rng, now, zone, TICKETS + rng.randint(-30, 30))
    ]
    courses = [_begin_course(rng, one, now, zone) for one in matters]
    run_desk(rng, courses, now, zone)
    _leave_unclaimed(rng, matters, courses, now)
    return [
        _cast(rng, now, matter, course, rng.choices(persons, shares[matter.scenario.id])[0])
        for matter, course in zip(matters, courses, strict=True)
    ]


def _think_up(rng: Random, at: datetime, known: tuple[Scenario, ...], *, is_outage: bool) -> _Matter:
    special = {_OUTAGE: 700.0 if is_outage else 0.0, _SPAM: 0.35}
    scenario = rng.choices(known, [special.get(one.id, one.weight) for one in known])[0]
    mood = rng.choices(scenario.moods, [_MOODS[mood] for mood in scenario.moods])[0]
    priority = scenario.priority
    if priority == "normal":
        weights = _PRESSING if scenario.type in ("incident", "complaint") or mood == "furious" else _CALM
        priority = rng.choices(("urgent", "high", "normal", "low"), weights)[0]
    return _Matter(at, scenario, mood, priority)


def _begin_course(rng: Random, matter: _Matter, now: datetime, zone: tzinfo) -> Course:
    scenario = matter.scenario
    ready = matter.at + timedelta(hours=rng.uniform(0.4, 3))
    if scenario.id == _OUTAGE:
        over = rhythm.bad_day(now, zone) + rhythm.OUTAGE[1]
        ready = max(ready, over) + timedelta(hours=rng.uniform(0.1, 3.5))
    elif scenario.id == _SPAM:
        ready = min(ready, matter.at + (now - matter.at) / 2)
    else:
        hours = hours_to_settle(rng, is_short=not (scenario.ask or scenario.hold))
        ready = rhythm.at_work(rng, matter.at + timedelta(hours=hours * _HASTE[matter.priority]), now, zone)
    can_come_back = any(not text.startswith("@") for text in scenario.again) and bool(scenario.resolve)
    return Course([matter.at], ready, can_come_back, is_apart=scenario.id in (_OUTAGE, _SPAM))


def _leave_unclaimed(
    rng: Random, matters: Sequence[_Matter], courses: Sequence[Course], now: datetime
) -> None:
    """Decide which pressing tickets nobody has taken yet: one or two, so that there is something to act on."""
    youngest, oldest = _UNCLAIMED
    fresh: list[_Matter] = []
    for matter, course in zip(matters, courses, strict=True):
        if course.is_open and matter.priority in _PRESSING_NAMES:
            matter.is_claimed = True
        if len(course.turns) == 1 and course.is_open and youngest < now - matter.at < oldest:
            fresh.append(matter)
    rng.shuffle(fresh)
    fresh.sort(key=lambda one: one.priority not in _PRESSING_NAMES)
    for matter in fresh[: rng.randint(1, 3)]:
        matter.is_claimed = False
        if matter.priority not in _PRESSING_NAMES:
            matter.priority = "high"


def _share(scenario: Scenario, person: Person, share: float) -> float:
    """How likely this person writes about this: in their language, and for an organization where it is its matter."""
    if scenario.for_companies and person.company is None:
        return 0.0
    if scenario.language == "en":
        return share * (0.3 if person.language in ("de", "fr", "es", "ja") else 1.0)
    return share if person.language == scenario.language else 0.0


def _cast(rng: Random, now: datetime, matter: _Matter, course: Course, person: Person) -> Story:
    at, scenario = matter.at, matter.scenario
    plot = _invent_plot(rng, now, matter, course)
    slots = fill_slots(rng, person, _order_of(rng, person, at, scenario), at, scenario.language)
    slots["agent_or_team"] = "Ottilie team"
    return Story(
        at=at,
        person=person,
        scenario=scenario,
        mood=matter.mood,
        priority=matter.priority,
        channel=rng.choice(scenario.channels),
        slots=slots,
        subject=capital(fill(rng, plot.choose(scenario.subject), slots)),
        tags=list(scenario.tags) if rng.random() < 0.85 else [],
        steps=plot.steps,
        threads=frozenset(plot.threads),
        is_open=course.is_open,
        queue=scenario.queue,
    )


def _invent_plot(rng: Random, now: datetime, matter: _Matter, course: Course) -> Plot:
    """The steps that lead through the turns of a course; those that are turns have their instants."""
    opened, *later = course.turns
    for _ in range(_TRIES):
        plot = Plot(rng, matter.scenario, matter.priority, matter.mood)
        if matter.scenario.id == _SPAM:
            begin(plot)
            plot.add(Act.SPAM).at = later[0]
        elif not later:
            stop_somewhere(plot, _hours(now - opened), is_claimed=matter.is_claimed)
        else:
            lead_to_the_end(plot, _hours(later[0] - opened), returns=len(later) > 1)
            plot.steps[-1].at = later[0]
        if (len(later) < 2 or plot.fitting(matter.scenario.again)) and _is_explained(plot, course, now):
            break
    if len(later) == 2:
        stop_reopened(plot, later[1], _hours(now - later[1]))
    elif len(later) == 3:
        come_back_to(plot, later[1], later[2])
    return plot


def _is_explained(plot: Plot, course: Course, now: datetime) -> bool:
    """Whether a matter that took long was waited for, where there is something to wait for."""
    until = course.turns[1] if len(course.turns) > 1 else now
    asked = any(step.act in (Act.ASK, Act.HOLD) for step in plot.steps)
    can_wait = plot.scenario.ask or plot.scenario.hold
    return asked or not can_wait or _hours(until - course.turns[0]) < OLD


def _hours(span: timedelta) -> float:
    return span.total_seconds() / 3600


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
