"""The desk from day to day: who comes, who is answered, who comes back; what comes in and what is solved keep pace.

Every matter has an instant at which it would be settled. A working day settles about as many as came in: what is
ready first goes first, the rest waits for tomorrow, and a slow day brings forward what is nearly ready.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from random import Random

from agentdesk.demo import rhythm

BACKLOG = 134
"""What the desk carries from one working day to the next once it is in swing; weekends add some."""
_TERMS = (
    (0.52, (0.4, 8.0)),
    (0.16, (18.0, 72.0)),
    (0.15, (72.0, 190.0)),
    (0.12, (190.0, 460.0)),
    (0.05, (460.0, 1050.0)),
)
"""Shares of the matters, and within how many hours they would be settled."""
_SHORT_TERMS = ((0.7, (0.4, 9.0)), (0.3, (16.0, 44.0)))
"""The same where there is nothing to wait for."""
_RETURNS = 0.09
_RETURN_HOURS, _LATEST_RETURN = 40.0, 140.0
_RAMP_DAYS = 5.0
"""The window opens with an empty desk; two thirds of the backlog have gathered after so many days."""
_PULL = 0.25
"""Which part of a backlog that is too long or too short is made good in a day."""
_UNEVEN, _SLACK = 0.08, 0.18
"""How much working days differ in what they settle of what came in, and by how much at most."""


@dataclass(slots=True)
class Course:
    """The way of one ticket through the desk."""

    turns: list[datetime]
    """Opened, solved, reopened, solved again: as far as it has come."""
    ready: datetime
    """When it would be settled, or settled again."""
    can_come_back: bool = False
    is_apart: bool = False
    """Settled when it is ready, however busy the desk is."""
    comes_back_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is in the backlog as things stand."""
        return len(self.turns) % 2 == 1


@dataclass(slots=True)
class _Desk:
    rng: Random
    now: datetime
    zone: tzinfo
    backlog: list[Course] = field(default_factory=list)
    away: list[Course] = field(default_factory=list)
    """Solved ones whose customers will come back."""

    def live(self, number: int, day: datetime, came: Sequence[Course]) -> None:
        """One day, from midnight to midnight or to the present."""
        dusk = min(day + timedelta(days=1), self.now)
        back = [one for one in self.away if one.comes_back_at is not None and one.comes_back_at < dusk]
        for one in back:
            self.away.remove(one)
            self._reopen(one)
        self.backlog += [*came, *back]
        intake = len(back) + sum(not one.is_apart for one in came)
        for one in self._choose(number, day, dusk, intake):
            self.backlog.remove(one)
            self._solve(one)
        for one in self.backlog:
            if one.ready < dusk:
                morning = day + timedelta(days=1, hours=self.rng.triangular(7, 18, 9))
                one.ready = rhythm.at_work(self.rng, morning, self.now, self.zone)

    def _choose(self, number: int, day: datetime, dusk: datetime, intake: int) -> list[Course]:
        """Who is solved today; those brought forward get an instant of today."""
        apart = [one for one in self.backlog if one.is_apart and one.ready < dusk]
        ordered = sorted((one for one in self.backlog if not one.is_apart), key=lambda one: one.ready)
        ready = [one for one in ordered if one.ready < dusk]
        if dusk == self.now:
            return apart + ready[: round(intake * 0.95)]
        if day.weekday() >= rhythm.WEEKEND:
            return apart + ready[: round(intake * self.rng.uniform(0.3, 0.65))]
        wanted = BACKLOG * (1 - math.exp(-(number + 1) / _RAMP_DAYS))
        mended = _PULL * (len(ordered) - intake - wanted) / max(intake, 1)
        share = self.rng.gauss(1.0, _UNEVEN) + mended
        room = round(intake * min(max(share, 0.5 if number < 2 * _RAMP_DAYS else 1 - _SLACK), 1 + _SLACK))
        for one in ordered[len(ready) : room]:
            earliest = max(one.turns[-1] + timedelta(minutes=25), day + timedelta(hours=8))
            latest = day + timedelta(hours=19, minutes=30)
            if earliest < latest:
                one.ready = earliest + (latest - earliest) * self.rng.random()
                ready.append(one)
        return apart + ready[:room]

    def _solve(self, course: Course) -> None:
        course.turns.append(course.ready.astimezone(self.now.tzinfo).replace(microsecond=0))
        if course.can_come_back and len(course.turns) == 2 and self.rng.random() < _RETURNS:
            hours = min(self.rng.lognormvariate(math.log(_RETURN_HOURS), 0.8), _LATEST_RETURN)
            course.comes_back_at = rhythm.awake(
                self.rng, course.turns[-1] + timedelta(hours=hours), self.zone
            ).replace(microsecond=0)
            self.away.append(course)

    def _reopen(self, course: Course) -> None:
        assert course.comes_back_at is not None
        course.turns.append(course.comes_back_at)
        hours = hours_to_settle(self.rng, is_short=self.rng.random() < 0.6)
        course.ready = rhythm.at_work(
            self.rng, course.comes_back_at + timedelta(hours=hours), self.now, self.zone
        )


def hours_to_settle(rng: Random, *, is_short: bool) -> float:
    """How long a matter takes, from half an hour to seven weeks; where there is nothing to wait for, two days."""
    terms = _SHORT_TERMS if is_short else _TERMS
    low, high = rng.choices([span for _, span in terms], [share for share, _ in terms])[0]
    return math.exp(rng.uniform(math.log(low), math.log(high)))


def run_desk(rng: Random, courses: Sequence[Course], now: datetime, zone: tzinfo) -> None:
    """Lead every course through the desk up to `now`.

    Args:
        rng: where chance comes from.
        courses: each with its opening, in the order of these; their turns are added.
        now: the present.
        zone: of the desk.
    """
    desk = _Desk(rng, now, zone)
    days = rhythm.days(now, zone)
    came: list[list[Course]] = [[] for _ in days]
    for course in courses:
        came[(course.turns[0].astimezone(zone).date() - days[0].date()).days].append(course)
    for number, day in enumerate(days):
        desk.live(number, day, came[number])
