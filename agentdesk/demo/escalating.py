"""Which stories are escalated, and how that ends: a handful in each state."""

from collections import Counter
from datetime import datetime, timedelta
from random import Random

from agentdesk.demo.casting import Story
from agentdesk.demo.story import MORE, TRIED, Act, Plot, Step

_OPEN_STATES = (
    *("requested", "accepted") * 2,
    *("declined", "requested", "accepted", "returned", "requested", "accepted"),
    *("declined", "returned", "resolved"),
)
"""What becomes of escalations on open tickets, in the order in which tickets are found for them."""
_DONE_STATES = ("resolved", "declined", "resolved", "returned") * 4 + ("withdrawn", "resolved", "resolved")
_ANSWERS: dict[str, tuple[Act, ...]] = {
    "requested": (),
    "accepted": (Act.ACCEPT,),
    "declined": (Act.DECLINE,),
    "returned": (Act.ACCEPT, Act.RETURN),
    "resolved": (Act.ACCEPT, Act.RESOLVE),
    "withdrawn": (Act.WITHDRAW,),
}


def escalate_some(rng: Random, now: datetime, stories: list[Story]) -> None:
    """Add escalations to stories whose scenario knows one, until each state has its share."""
    fit = [
        one for one in stories if one.scenario.escalation and one.mood != "confused" and _is_the_matter(one)
    ]
    rng.shuffle(fit)
    fit.sort(key=lambda one: one.mood != "furious")
    for states, candidates in (
        (_OPEN_STATES, [one for one in fit if _is_worked_on(one, now)]),
        (_DONE_STATES, [one for one in fit if not one.is_open and _was_stuck(one, now)]),
    ):
        for state, story in zip(states, _varied(candidates), strict=False):
            _escalate(rng, story, state)


def _varied(stories: list[Story]) -> list[Story]:
    """The stories with those of one scenario apart: first one of each, then a second one, and so on."""
    seen: Counter[str] = Counter()
    turns = []
    for story in stories:
        turns.append((seen[story.scenario.id], story))
        seen[story.scenario.id] += 1
    return [story for _, story in sorted(turns, key=lambda turn: turn[0])]


def _is_the_matter(story: Story) -> bool:
    """Whether what is asked follows from what was said."""
    thread = story.scenario.escalation.get("thread")
    return thread is None or thread in story.threads


def _is_worked_on(story: Story, now: datetime) -> bool:
    acts = [step.act for step in story.steps]
    return (
        story.is_open
        and now - story.at > timedelta(hours=10)
        and Act.TAKE in acts
        and Act.RELEASE not in acts
        and acts[-1] is not Act.ASK
    )


def _was_stuck(story: Story, now: datetime) -> bool:
    """Whether an agent had answered once, and a while ago, before the answer that ended it."""
    if {TRIED, MORE} & story.threads:
        return False
    answers = [step for step in story.steps if step.act in (Act.ASK, Act.HOLD, Act.SOLVE)]
    return (
        now - story.at > timedelta(days=6)
        and story.steps[-1].at - story.at > timedelta(days=2)
        and len(answers) > 1
        and bool(answers[-1].words and not answers[-1].value)
    )


def _escalate(rng: Random, story: Story, state: str) -> None:
    plot = Plot(rng, story.scenario, story.priority, story.mood)
    outcomes = {"declined": "declined", "returned": "returned", "resolved": "outcome"}
    added = [plot.add(Act.ESCALATE, story.scenario.escalation["ask"])]
    for act in _ANSWERS[state]:
        words = outcomes.get(act.value + "d" if act is not Act.RETURN else "returned", "")
        added.append(plot.add(act, story.scenario.escalation.get(words, "")))
    if state == "withdrawn":
        added[-1].words = "Settled with the customer in the meantime, no longer needed."
    place = _place(story.steps)
    story.steps[place:place] = added


def _place(steps: list[Step]) -> int:
    """Before the last solve of a finished story, at the end of another one."""
    for place in range(len(steps) - 1, -1, -1):
        if steps[place].act is Act.SOLVE:
            return place if place == len(steps) - 1 else len(steps)
    return len(steps)
