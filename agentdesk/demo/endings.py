"""Plots that came to an end: the way to it suits the hours it took, and the customer may come back afterwards."""

from datetime import datetime

from agentdesk.demo.story import MORE, TRIED, Act, Plot, begin, ponder, take

_QUICK, _DAYS, _WEEK = 5.0, 40.0, 150.0
"""Hours under which nobody has time for questions back, over which somebody was waited for, and for long."""


def lead_to_the_end(plot: Plot, hours: float, *, returns: bool) -> None:
    """From the opening to solved, with everything on the way.

    Args:
        plot: a new one.
        hours: from the opening to the end.
        returns: whether the customer will come back, so that the last answer must be one of ours.
    """
    scenario = plot.scenario
    begin(plot)
    if hours > _DAYS * 0.7 and not (scenario.ask or scenario.hold) and plot.happens(0.4):
        plot.chase()
    take(plot)
    waits = plot.happens(0.04 if hours < _QUICK else 0.4 if hours < _DAYS else 0.6)
    will_hold = bool(scenario.hold) and waits
    asks = bool(plot.fitting(scenario.ask)) and plot.happens(_chance_of_asking(hours, will_hold=will_hold))
    if asks:
        if hours > _DAYS and not returns and plot.happens(0.15):
            _unanswered(plot, hours)
            return
        enquire_within(plot, hours)
    ponder(plot, 0.45)
    if plot.fitting(scenario.hold) and (will_hold or not plot.fitting(scenario.resolve)):
        wait_for_party(plot, 0.85 if hours > _WEEK and not asks else 0.08)
        plot.add(Act.WAKE, after=scenario.hold_hours)
        plot.add(Act.SOLVE, scenario.update or scenario.resolve)
    elif _will_try(plot, hours):
        _try_out(plot, can_fail=not returns)
    else:
        _answer(plot, hours)


def come_back_to(plot: Plot, at: datetime, solved_at: datetime) -> None:
    """It was not solved after all, and then it was."""
    reopen(plot, at)
    plot.add(Act.SOLVE, plot.scenario.again_reply, after=2.0).at = solved_at


def reopen(plot: Plot, at: datetime) -> None:
    """The customer writes to a solved ticket."""
    step = plot.add(Act.WRITE, plot.scenario.again)
    step.is_reopening, step.at = True, at


def wait_for_party(plot: Plot, chance_of_chase: float) -> None:
    """Somebody outside has to act; the customer may ask meanwhile."""
    plot.add(Act.HOLD, plot.scenario.hold)
    if plot.happens(chance_of_chase):
        plot.chase()
        plot.add(Act.HOLD, plot.phrase("patience"), after=1.5)


def remind(plot: Plot) -> None:
    """No answer came, so the agent asks again."""
    plot.add(Act.WAKE, after=80)
    plot.add(Act.ASK, plot.phrase("nudge"), after=1.0)


def enquire_within(plot: Plot, hours: float) -> None:
    """A question back and its answer; over weeks the customer is reminded of it."""
    plot.add(Act.ASK, plot.scenario.ask)
    for _ in range(min(int(hours / _WEEK), 2)):
        remind(plot)
    plot.add(Act.WRITE, plot.scenario.answer)


def _chance_of_asking(hours: float, *, will_hold: bool) -> float:
    if hours < _QUICK:
        return 0.12
    return 0.45 if hours < _DAYS or will_hold else 1.0


def _unanswered(plot: Plot, hours: float) -> None:
    plot.add(Act.ASK, plot.scenario.ask)
    for _ in range(2 if hours > 2 * _WEEK else 1):
        remind(plot)
    plot.add(Act.WAKE, after=80)
    plot.add(Act.SOLVE, plot.phrase("gave_up"), after=1.0).value = "withdrawn"


def _will_try(plot: Plot, hours: float) -> bool:
    if not plot.fitting(plot.scenario.fix):
        return False
    return not plot.fitting(plot.scenario.resolve) or plot.happens(0.2 if hours < _QUICK else 0.65)


def _answer(plot: Plot, hours: float) -> None:
    scenario = plot.scenario
    more = _more(plot)
    slower = 0.4 if hours < _QUICK else 1.0
    if more and plot.happens(0.3 * slower):
        plot.add(Act.ASK, scenario.resolve)
        plot.threads.add(MORE)
        plot.add(Act.WRITE, more[0])
        plot.add(Act.SOLVE, more[1])
    elif plot.happens(0.2 * slower):
        plot.add(Act.ASK, scenario.resolve)
        plot.add(Act.WRITE, plot.phrase("thanks_info"))
        plot.add(Act.SOLVE)
    else:
        plot.add(Act.SOLVE, scenario.resolve)


def _more(plot: Plot) -> tuple[str, ...]:
    """A further question that fits, with its answer; empty where there is none."""
    fitting = [pair for pair in plot.scenario.more if plot.fitting(pair[:1])]
    return plot.rng.choice(fitting) if fitting else ()


def _try_out(plot: Plot, *, can_fail: bool) -> None:
    scenario = plot.scenario
    plot.add(Act.ASK, scenario.fix)
    plot.threads.add(TRIED)
    more = _more(plot)
    if more and plot.happens(0.3):
        plot.add(Act.WRITE, more[0])
        plot.add(Act.SOLVE, more[1])
    elif can_fail and plot.fitting(scenario.again) and plot.happens(0.2):
        plot.add(Act.WRITE, scenario.again, after=70)
        plot.add(Act.SOLVE, scenario.again_reply)
    else:
        plot.add(Act.WRITE, plot.phrase("thanks"))
        plot.add(Act.SOLVE)
