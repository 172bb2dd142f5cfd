"""Stories get their agents, their instants and their words; after this nothing about them is open."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from itertools import pairwise
from random import Random

from agentdesk.demo import rhythm
from agentdesk.demo.casting import Story
from agentdesk.demo.slots import say_date, working_day
from agentdesk.demo.story import BY_CUSTOMER, BY_DESK, UNKNOWN, Act, Step
from agentdesk.demo.wording import fill, party_says, pick, quote, write_as_agent, write_as_customer

CLOSE_AFTER = timedelta(days=7)
_LAST_PART = 0.3
"""The most of the time from one known instant to the next that its last step takes."""
_SAID_BY_AGENT = (Act.REPLY, Act.ASK, Act.HOLD, Act.SOLVE)


@dataclass(frozen=True, slots=True)
class Colleague:
    """An agent as the stories need one."""

    id: int
    handle: str
    name: str
    role: str
    queues: tuple[str, ...]
    languages: tuple[str, ...]


def give_to_agents(rng: Random, stories: Sequence[Story], agents: Sequence[Colleague]) -> None:
    """Choose an owner who takes from the queue and speaks the language, and who does each step.

    Those still open go where least is open, so that nobody drowns; the lead takes less than the others.
    """
    lead = next(one for one in agents if one.role == "lead")
    able = {story.scenario.id: _able(story, agents) for story in stories}
    for story in stories:
        candidates = able[story.scenario.id]
        story.owner_id = rng.choices(candidates, [0.4 if one is lead else 1.0 for one in candidates])[0].id
    load: Counter[tuple[int, Act | None]] = Counter()
    held = [one for one in stories if one.is_open and _holds(one)]
    for story in sorted(held, key=lambda one: (len(able[one.scenario.id]), one.at)):
        kind = _rests_on(story)
        owner = min(
            able[story.scenario.id],
            key=lambda one: (load[one.id, None] + load[one.id, kind]) * (1.4 if one is lead else 1.0),
        )
        load.update([(owner.id, None), (owner.id, kind)])
        story.owner_id = owner.id
    for story in stories:
        _give_steps(story, lead)


def _able(story: Story, agents: Sequence[Colleague]) -> list[Colleague]:
    speaking = [one for one in agents if story.scenario.language in one.languages]
    return [one for one in speaking if story.scenario.queue in one.queues] or speaking


def _holds(story: Story) -> bool:
    """Whether an agent has it."""
    acts = [step.act for step in story.steps]
    return Act.TAKE in acts and Act.RELEASE not in acts


def _rests_on(story: Story) -> Act | None:
    """The step that says whom an open story waits for: an agent, the customer, somebody outside."""
    acts = [
        step.act for step in story.steps if step.act in (Act.TAKE, Act.WRITE, Act.WAKE, Act.ASK, Act.HOLD)
    ]
    return acts[-1] if acts[-1] in (Act.ASK, Act.HOLD) else Act.TAKE


def _give_steps(story: Story, lead: Colleague) -> None:
    for step in story.steps:
        if step.act in BY_CUSTOMER or step.act in BY_DESK:
            continue
        answers = step.act in (Act.ACCEPT, Act.DECLINE, Act.RETURN, Act.RESOLVE)
        step.agent_id = lead.id if answers and story.owner_id != lead.id else story.owner_id
        if step.act is Act.MOVE:
            first_queue = "Support" if story.scenario.queue != "Support" else "Billing"
            story.queue, step.value = first_queue, story.scenario.queue


def lay_out(rng: Random, stories: Sequence[Story], now: datetime, zone: tzinfo) -> None:
    """Give every step its instant, between those that have theirs; what was solved a week ago is closed."""
    for story in stories:
        first, *rest = story.steps
        first.at = start = story.at
        known = [place for place, step in enumerate(rest) if step.at is not UNKNOWN]
        for begin, end in pairwise([-1, *known]):
            _fill(rng, rest[begin + 1 : end + 1], start, now, zone)
            start = rest[end].at
        _finish(rng, rest[known[-1] + 1 if known else 0 :], start, now, zone)
        last = story.steps[-1]
        if last.act is Act.SOLVE and last.at + CLOSE_AFTER <= now - timedelta(hours=1):
            story.steps.append(
                Step(Act.CLOSE, at=last.at + CLOSE_AFTER + timedelta(minutes=rng.randint(1, 55)))
            )
        _set_wake_ups(rng, story, now, zone)


def _fill(rng: Random, steps: Sequence[Step], start: datetime, now: datetime, zone: tzinfo) -> None:
    """Lay steps out up to the last one, whose instant is known."""
    *between, last = steps
    _spread(rng, steps, (last.at - start).total_seconds() / 3600)
    gaps = [(step.hours, step.act not in BY_CUSTOMER) for step in between]
    end = last.at - min(timedelta(hours=max(last.hours, 0.1)), (last.at - start) * _LAST_PART)
    for step, at in zip(between, rhythm.lay_out(rng, start, gaps, end=end, now=now, zone=zone), strict=True):
        step.at = at


def _finish(rng: Random, steps: Sequence[Step], start: datetime, now: datetime, zone: tzinfo) -> None:
    """Lay out the steps after which nothing has happened yet."""
    age = (now - start).total_seconds() / 3600
    end = now - timedelta(minutes=1, hours=rng.uniform(0.02, max(0.03, min(age * 0.5, 30))))
    end = max(rhythm.at_desk_before(end, now, zone), min(end, start + timedelta(hours=1)))
    _stretch(rng, steps, (end - start).total_seconds() / 3600 - 20)
    gaps = [(step.hours, step.act not in BY_CUSTOMER) for step in steps]
    for step, at in zip(steps, rhythm.lay_out(rng, start, gaps, end=end, now=now, zone=zone), strict=True):
        step.at = at


def _spread(rng: Random, steps: Sequence[Step], room: float) -> None:
    """Let the gaps before the steps fill the room: too long ones shrink, spare hours go where time is lost."""
    needed = sum(step.hours for step in steps)
    if needed > room:
        for step in steps:
            step.hours *= room / needed
    elif not _stretch(rng, steps, room):
        idle = rng.choice([step for step in steps if step.act in (Act.TAKE, Act.SOLVE, Act.SPAM)] or steps)
        idle.hours += room - needed


def _stretch(rng: Random, steps: Sequence[Step], room: float) -> bool:
    """Let time pass until somebody outside acts, or is asked; false where nobody outside has a part in it."""
    slow = [step for step in steps if step.act in (Act.WRITE, Act.WAKE, Act.ESCALATE)]
    spare = room - sum(step.hours for step in steps)
    parts = [rng.uniform(0.6, 1.4) for _ in slow]
    for step, part in zip(slow, parts, strict=True):
        step.hours += max(spare, 0.0) * part / sum(parts)
    return bool(slow)


def _set_wake_ups(rng: Random, story: Story, now: datetime, zone: tzinfo) -> None:
    for place, step in enumerate(story.steps):
        if step.act not in (Act.ASK, Act.HOLD):
            continue
        later = story.steps[place + 1 :]
        following = next((one for one in later if one.act in (Act.WAKE, Act.WRITE, Act.SOLVE)), None)
        if following is not None and following.act is Act.WAKE:
            step.wake_at = following.at
        elif following is None and rng.random() < 0.9:
            back = rhythm.at_work(
                rng, now + timedelta(hours=rng.uniform(8, 96)), now + timedelta(days=30), zone
            )
            step.wake_at = back.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)


def write_all(rng: Random, stories: Sequence[Story], agents: Sequence[Colleague]) -> None:
    """Put every message into words."""
    names = {one.id: one.name for one in agents}
    for story in stories:
        _write_story(rng, story, names)


def _write_story(rng: Random, story: Story, names: dict[int, str]) -> None:
    language = story.scenario.language
    slots = {**story.slots, "agent": names[story.owner_id], "mail_date": say_date(story.at, language)}
    slots["agent_first"] = slots["agent"].split()[0]
    answered: Step | None = None
    for place, step in enumerate(story.steps):
        if step.act not in BY_CUSTOMER:
            slots["soon"] = say_date(_soon(rng, story, step, story.steps[place + 1 :]), language)
        slots["party_says"] = party_says(rng, story.scenario.waiting_for, language)
        if step.act in BY_CUSTOMER:
            step.body = write_as_customer(
                rng,
                step.words,
                slots,
                person=story.person,
                language=language,
                mood=story.mood,
                channel=story.channel,
                is_first=step is story.steps[0],
                quoted=_quoted(rng, story, answered, slots),
            )
        elif step.act in _SAID_BY_AGENT and step.words:
            step.body = write_as_agent(
                rng,
                step.words,
                slots,
                language=language,
                channel=story.channel,
                is_first=answered is None,
                sorry=story.mood == "furious" and answered is None,
            )
            answered = step
        elif step.words:
            step.body = fill(rng, step.words, slots)


def _soon(rng: Random, story: Story, step: Step, later: Sequence[Step]) -> datetime:
    """The day an agent names: some days on, not after the customer comes back to it, not before it can be kept."""
    day = working_day(step.at + timedelta(days=rng.randint(2, 4)))
    recalled = next((one.at for one in later if one.act in BY_CUSTOMER and "{soon}" in one.words), day)
    named = max(min(day, recalled), step.at)
    if step.act is not Act.HOLD or step.wake_at is None:
        return named
    told_to_wait = step.words not in story.scenario.hold
    return max(named, working_day(step.wake_at - timedelta(days=0 if told_to_wait else 2)))


def _quoted(rng: Random, story: Story, answered: Step | None, slots: dict[str, str]) -> str:
    if answered is None or story.channel != "email" or rng.random() > 0.4:
        return ""
    language = story.scenario.language
    dated = {**slots, "mail_date": say_date(answered.at, language)}
    return quote(answered.body, fill(rng, pick(rng, language, "wrote"), dated))
