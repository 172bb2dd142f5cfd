"""Plots that are not over: where a ticket of the present backlog stands, and how it came to stand there."""

from agentdesk.demo.material import Scenario
from agentdesk.demo.story import Act, Plot, begin, come_back, enquire, ponder, take

OLD = 60
"""Hours after which an open ticket needs a reason."""


def stop_somewhere(plot: Plot, age_hours: float) -> None:
    """Lead the plot to a state that suits a ticket of this age, and leave it there."""
    begin(plot)
    if plot.happens(_chance_of_new(age_hours)):
        if age_hours > 20 and plot.happens(0.3):
            plot.chase()
        return
    take(plot)
    scenario = plot.scenario
    can_wait = bool(plot.fitting(scenario.ask) or plot.fitting(scenario.fix))
    can_come_back = bool(plot.fitting(scenario.again) and plot.fitting(scenario.resolve))
    kind = plot.rng.random() * (0.6 if age_hours > 4 * OLD else 1.0)  # old ones mostly wait for somebody
    can_hold = bool(plot.fitting(scenario.hold))
    if can_hold and age_hours > 5 and kind < 0.75:
        _on_hold(plot)
    elif age_hours > OLD and not plot.fitting(scenario.ask):
        _keep_old(plot, can_hold=can_hold, can_come_back=can_come_back)
    elif can_wait and kind < 0.42:
        _pending(plot)
    elif age_hours > 24 and can_come_back and kind < 0.55:
        _reopened(plot)
    else:
        _open(plot, must_ask=age_hours > OLD)


def can_stay(scenario: Scenario, age_hours: float) -> bool:
    """Whether there is a reason for such a ticket to be open at this age."""
    return age_hours <= OLD or bool(scenario.ask or scenario.hold or scenario.again)


def _chance_of_new(age_hours: float) -> float:
    if age_hours < 3:
        return 0.75
    return 0.4 if age_hours < 22 else 0.13 if age_hours < 60 else 0.0


def _on_hold(plot: Plot) -> None:
    if plot.fitting(plot.scenario.ask) and plot.happens(0.4):
        enquire(plot)
    ponder(plot, 0.6)
    plot.add(Act.HOLD, plot.scenario.hold)
    if plot.happens(0.2):
        plot.chase()
        plot.add(Act.HOLD, plot.phrase("patience"), after=1.5)


def _keep_old(plot: Plot, *, can_hold: bool, can_come_back: bool) -> None:
    if can_hold:
        _on_hold(plot)
    elif can_come_back:
        _reopened(plot)
    else:
        plot.chase()


def _pending(plot: Plot) -> None:
    scenario = plot.scenario
    asks = plot.fitting(scenario.ask)
    if asks:
        plot.add(Act.ASK, asks)
    if scenario.fix and (not asks or plot.happens(0.5)):
        if asks:
            plot.add(Act.WRITE, scenario.answer)
        if plot.fitting(scenario.fix):
            plot.add(Act.ASK, scenario.fix)


def _reopened(plot: Plot) -> None:
    plot.add(Act.SOLVE, plot.scenario.resolve)
    come_back(plot)
    if plot.happens(0.4):
        ponder(plot, 1.0)


def _open(plot: Plot, *, must_ask: bool) -> None:
    scenario = plot.scenario
    if plot.fitting(scenario.ask) and (must_ask or plot.happens(0.5)):
        enquire(plot)
    ponder(plot, 0.5)
    if plot.fitting(scenario.hold) and plot.happens(0.15):
        plot.add(Act.HOLD, scenario.hold)
        plot.chase()
    elif plot.happens(0.12) and scenario.language == "en":
        plot.add(Act.NOTE, plot.phrase("handover"))
        plot.add(Act.RELEASE, after=0.1)
