"""Plots that are not over: where a ticket of the present backlog stands, and how it came to stand there."""

from datetime import datetime

from agentdesk.demo.endings import enquire_within, remind, reopen
from agentdesk.demo.story import Act, Plot, begin, ponder, take

OLD = 60
"""Hours after which an open ticket needs a reason."""
ANSWERED = 40
"""Hours within which somebody who came back has an answer."""
_LONG = 130
"""Hours after which a customer is asked a second time."""


def stop_somewhere(plot: Plot, age_hours: float, *, is_claimed: bool | None) -> None:
    """Lead the plot to a state that suits a ticket of this age, and leave it there.

    Args:
        plot: a new one.
        age_hours: since it was opened.
        is_claimed: whether an agent has taken it; None leaves that to chance.
    """
    begin(plot)
    if is_claimed is False or (is_claimed is None and plot.happens(_chance_of_new(age_hours))):
        if age_hours > 20 and plot.happens(0.3):
            plot.chase()
        return
    take(plot)
    scenario = plot.scenario
    can_wait = bool(plot.fitting(scenario.ask) or plot.fitting(scenario.fix))
    kind = plot.rng.random() * (0.6 if age_hours > 4 * OLD else 1.0)  # old ones mostly wait for somebody
    can_hold = bool(plot.fitting(scenario.hold))
    if can_hold and age_hours > 5 and kind < 0.75:
        _on_hold(plot, age_hours)
    elif age_hours > OLD and not plot.fitting(scenario.ask):
        _keep_old(plot, age_hours, can_hold=can_hold)
    elif can_wait and kind < 0.42:
        _pending(plot, age_hours)
    else:
        _open(plot, age_hours)


def stop_reopened(plot: Plot, at: datetime, age_hours: float) -> None:
    """It was solved, and the customer came back; nobody has answered yet, unless that was days ago.

    Args:
        plot: as far as it had come.
        at: when they came back.
        age_hours: since then.
    """
    reopen(plot, at)
    ponder(plot, 0.4)
    if age_hours > ANSWERED:
        scenario = plot.scenario
        words = plot.fitting(scenario.fix) or plot.fitting(scenario.ask) or (plot.phrase("patience"),)
        plot.add(Act.ASK, words, after=3)


def _chance_of_new(age_hours: float) -> float:
    if age_hours < 3:
        return 0.75
    return 0.33 if age_hours < 22 else 0.12 if age_hours < 60 else 0.0


def _on_hold(plot: Plot, age_hours: float) -> None:
    asks = bool(plot.fitting(plot.scenario.ask)) and plot.happens(0.4)
    if asks:
        enquire_within(plot, age_hours)
    ponder(plot, 0.6)
    plot.add(Act.HOLD, plot.scenario.hold)
    if plot.happens(0.5 if age_hours > _LONG and not asks else 0.08):
        plot.chase()
        plot.add(Act.HOLD, plot.phrase("patience"), after=1.5)


def _keep_old(plot: Plot, age_hours: float, *, can_hold: bool) -> None:
    if can_hold:
        _on_hold(plot, age_hours)
    else:
        plot.chase()
        plot.add(Act.REPLY, plot.phrase("patience"), after=1.5)


def _pending(plot: Plot, age_hours: float) -> None:
    scenario = plot.scenario
    asks = plot.fitting(scenario.ask)
    if asks:
        plot.add(Act.ASK, asks)
        for _ in range(min(int(age_hours / _LONG), 3)):
            remind(plot)
    if scenario.fix and (not asks or plot.happens(0.5)):
        if asks:
            plot.add(Act.WRITE, scenario.answer)
        if plot.fitting(scenario.fix):
            plot.add(Act.ASK, scenario.fix)


def _open(plot: Plot, age_hours: float) -> None:
    scenario = plot.scenario
    if plot.fitting(scenario.ask) and (age_hours > OLD or plot.happens(0.5)):
        enquire_within(plot, age_hours)
    ponder(plot, 0.5)
    if plot.fitting(scenario.hold) and plot.happens(0.15):
        plot.add(Act.HOLD, scenario.hold)
        plot.chase()
    elif _is_calm(plot) and plot.happens(0.12) and scenario.language == "en":
        plot.add(Act.NOTE, plot.phrase("handover"))
        plot.add(Act.RELEASE, after=0.1)


def _is_calm(plot: Plot) -> bool:
    """Whether it may go back to the queue: what presses, somebody keeps."""
    raised = any(step.act is Act.PRIORITY for step in plot.steps)
    return plot.priority not in ("urgent", "high") and not raised
