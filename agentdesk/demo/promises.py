"""What was promised by when: mostly kept, a few broken, and in the present backlog a dozen that are due soon.

A promise stands until an agent answers; a customer who writes again gets no new one, however late the first is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from random import Random

from agentdesk.demo import rhythm
from agentdesk.demo.casting import Story
from agentdesk.demo.story import Act, Step

BROKEN_NOW = 7
BROKEN_AND_ASKED = 2
"""Of the broken ones, those that are escalated while nobody has answered the escalation."""
DUE_SOON = 13
_TARGET = {"urgent": 2, "high": 4, "normal": 9, "low": 24}
"""Hours in which an answer is promised, by priority."""
_ANSWERS = (Act.REPLY, Act.ASK, Act.HOLD, Act.SOLVE)


@dataclass(slots=True)
class _Live:
    """The promise that stands on an open story: made at the opening, or by a step."""

    story: Story
    at: datetime
    step: Step | None

    def set(self, due_at: datetime | None) -> None:
        """Change the promise; None leaves the answer without one, and takes back what stood before."""
        if self.step is None:
            self.story.due_at = due_at
        else:
            self.step.value = due_at


def make_promises(rng: Random, stories: Sequence[Story], now: datetime, zone: tzinfo) -> None:
    """Promise an answer to every message, and give the open stories the promises that a desk looks at."""
    for story in stories:
        _promise(rng, story, now, zone)
    live = [one for story in stories if story.is_open and (one := _find_live(story)) is not None]
    rng.shuffle(live)
    live.sort(key=lambda one: (_waits_outside(one.story), now - one.at < timedelta(hours=4)))
    asked = [one for one in live if _waits_for_colleagues(one.story)][:BROKEN_AND_ASKED]
    live = [*asked, *(one for one in live if one not in asked)]
    for one in live[:BROKEN_NOW]:
        late = rng.uniform(0.1, min((now - one.at).total_seconds() / 3600 * 0.6, 22))
        one.set(_round(max(now - timedelta(hours=late), one.at + timedelta(minutes=6))))
    rest = live[BROKEN_NOW:]
    rng.shuffle(rest)
    for place, one in enumerate(rest):
        if place < DUE_SOON:
            one.set(_round(now + timedelta(minutes=rng.uniform(10, 230))))
        elif rng.random() < 0.12:
            one.set(None)
        else:
            hours = rng.uniform(20, 110) if _waits_outside(one.story) else rng.uniform(4.5, 50)
            one.set(_round(rhythm.at_work(rng, now + timedelta(hours=hours), now + timedelta(days=30), zone)))


def _promise(rng: Random, story: Story, now: datetime, zone: tzinfo) -> None:
    if story.scenario.id == "spam":
        return
    steps: list[Step] = []
    stands = False
    for place, step in enumerate(story.steps):
        steps.append(step)
        after = story.steps[place + 1 :]
        answer = next((one for one in after if one.act in _ANSWERS), None)
        if step.act is Act.OPEN and rng.random() < 0.94:
            story.due_at = _aim(rng, story, step.at, answer, zone)
            stands = True
        elif step.act in _ANSWERS:
            stands = False
        if (step.act is Act.WRITE and not stands) or (step.act is Act.HOLD and story.scenario.hold):
            stands = True
            following = after[0].at if after else now
            made = min(step.at + timedelta(seconds=40), step.at + (following - step.at) / 2).replace(
                microsecond=0
            )
            due = _aim(rng, story, step.at, answer, zone)
            by = step.agent_id if step.act is Act.HOLD else None
            steps.append(Step(Act.PROMISE, at=made, agent_id=by, value=due))
    story.steps = steps


def _aim(rng: Random, story: Story, at: datetime, answer: Step | None, zone: tzinfo) -> datetime:
    hours = _TARGET[story.priority] * rng.choice((1, 1, 1.5))
    due = rhythm.at_work(rng, at + timedelta(hours=hours), at + timedelta(days=9), zone)
    if answer is not None and answer.at > due and rng.random() < 0.93:
        due = answer.at + timedelta(minutes=rng.uniform(10, 300))
    return _round(due)


def _find_live(story: Story) -> _Live | None:
    live: _Live | None = None
    for step in story.steps:
        if step.act is Act.OPEN:
            live = _Live(story, step.at, None)
        elif step.act is Act.PROMISE:
            live = _Live(story, step.at, step)
        elif step.act in _ANSWERS and (step.words or step.act is Act.SOLVE):
            live = None
    return live


def _waits_outside(story: Story) -> bool:
    acts = [step.act for step in story.steps if step.act in (Act.HOLD, Act.WAKE, Act.WRITE, Act.ASK)]
    return acts[-1:] == [Act.HOLD]


def _waits_for_colleagues(story: Story) -> bool:
    """Whether somebody was asked for help and has not answered."""
    answers = (Act.ACCEPT, Act.DECLINE, Act.RETURN, Act.RESOLVE, Act.WITHDRAW)
    acts = [step.act for step in story.steps if step.act is Act.ESCALATE or step.act in answers]
    return acts[-1:] == [Act.ESCALATE]


def _round(instant: datetime) -> datetime:
    """Up to five minutes: people promise round times."""
    past = timedelta(minutes=instant.minute % 5, seconds=instant.second, microseconds=instant.microsecond)
    return instant + (timedelta(minutes=5) - past) % timedelta(minutes=5)
