"""Stories get their agents, their instants and their words; after this nothing about them is open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from random import Random

from agentdesk.demo import rhythm
from agentdesk.demo.casting import Story
from agentdesk.demo.slots import say_date, working_day
from agentdesk.demo.story import BY_CUSTOMER, BY_DESK, Act, Step
from agentdesk.demo.wording import fill, party_says, pick, quote, write_as_agent, write_as_customer

CLOSE_AFTER = timedelta(days=7)
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
    """Choose an owner who takes from the queue and speaks the language, and who does each step."""
    lead = next(one for one in agents if one.role == "lead")
    for story in stories:
        speaking = [one for one in agents if story.scenario.language in one.languages]
        able = [one for one in speaking if story.scenario.queue in one.queues] or speaking
        owner = rng.choices(able, [0.25 if one is lead else 1.0 for one in able])[0]
        story.owner_id = owner.id
        for step in story.steps:
            if step.act in BY_CUSTOMER or step.act in BY_DESK:
                continue
            answers = step.act in (Act.ACCEPT, Act.DECLINE, Act.RETURN, Act.RESOLVE)
            step.agent_id = lead.id if answers and owner is not lead else owner.id
            if step.act is Act.MOVE:
                story.queue, step.value = (
                    "Support" if story.scenario.queue != "Support" else "Billing",
                    story.scenario.queue,
                )


def lay_out(rng: Random, stories: Sequence[Story], now: datetime, zone: tzinfo) -> None:
    """Give every step its instant; what was solved a week ago is closed."""
    for story in stories:
        first, *rest = story.steps
        first.at = story.at
        age = (now - story.at).total_seconds() / 3600
        end = now - timedelta(minutes=1)
        if story.is_open:
            end -= timedelta(hours=rng.uniform(0.02, max(0.03, min(age * 0.5, 30))))
            _spread(rest, (end - story.at).total_seconds() / 3600)
        gaps = [(step.hours, step.act not in BY_CUSTOMER) for step in rest]
        for step, at in zip(
            rest, rhythm.lay_out(rng, story.at, gaps, end=end, now=now, zone=zone), strict=True
        ):
            step.at = at
        last = story.steps[-1]
        if last.act is Act.SOLVE and last.at + CLOSE_AFTER <= now - timedelta(hours=1):
            story.steps.append(
                Step(Act.CLOSE, at=last.at + CLOSE_AFTER + timedelta(minutes=rng.randint(1, 55)))
            )
        _set_wake_ups(rng, story, now, zone)


def _spread(steps: Sequence[Step], room: float) -> None:
    """Let customers and third parties take the time that an old open ticket has."""
    slow = [step for step in steps if step.act in (Act.WRITE, Act.WAKE)]
    spare = room - sum(step.hours for step in steps) - 20
    if slow and spare > 0:
        for step in slow:
            step.hours += spare / len(slow)


def _set_wake_ups(rng: Random, story: Story, now: datetime, zone: tzinfo) -> None:
    for place, step in enumerate(story.steps):
        if step.act not in (Act.ASK, Act.HOLD):
            continue
        later = story.steps[place + 1 :]
        following = next((one for one in later if one.act in (Act.WAKE, Act.WRITE, Act.SOLVE)), None)
        if following is not None and following.act is Act.WAKE:
            step.wake_at = following.at
        elif following is None and rng.random() < 0.75:
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
            slots["soon"] = say_date(_soon(rng, step, story.steps[place + 1 :]), language)
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


def _soon(rng: Random, step: Step, later: Sequence[Step]) -> datetime:
    """The day an agent names: some days on, but not after the day on which the customer comes back to it."""
    day = working_day(step.at + timedelta(days=rng.randint(2, 4)))
    recalled = next((one.at for one in later if one.act in BY_CUSTOMER and "{soon}" in one.words), day)
    return max(min(day, recalled), step.at)


def _quoted(rng: Random, story: Story, answered: Step | None, slots: dict[str, str]) -> str:
    if answered is None or story.channel != "email" or rng.random() > 0.4:
        return ""
    language = story.scenario.language
    dated = {**slots, "mail_date": say_date(answered.at, language)}
    return quote(answered.body, fill(rng, pick(rng, language, "wrote"), dated))
