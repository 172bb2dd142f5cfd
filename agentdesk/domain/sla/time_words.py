"""The times of a ticket as a block of text: what was waited for on the left, the statuses on the right, minutes twice."""

from collections.abc import Iterable, Iterator
from itertools import zip_longest

from agentdesk.domain.metrics import METRICS
from agentdesk.domain.sla.times import TicketTimes, Took
from agentdesk.domain.vocabulary import UNSOLVED, Status

TIMES_TITLE = "Times (business / calendar minutes)"
_Row = tuple[str, Took | None]


def told_times(times: TicketTimes) -> tuple[str, ...]:
    """The block, title first; `-` is what has not happened. A line has 80 cells at most unless a length has eight digits."""
    left, right = _lines(_waits(times)), _lines(_statuses(times))
    pairs = zip_longest(left, right, fillvalue="")
    beside = (f"  {one:<{len(left[0])}}     {two}".rstrip() for one, two in pairs)
    return (TIMES_TITLE, *beside, f"  {_counts(times)}")


def _waits(times: TicketTimes) -> Iterator[_Row]:
    yield METRICS["frt"].label, times.frt
    yield from _several(METRICS["nrt"].label, times.nrt)
    yield from _several(f"{METRICS['nrt'].label}, solved", times.nrt_solved)
    yield from _several(METRICS["update_gap"].label, times.update_gap)
    for metric in (
        "requester_wait",
        "agent_work",
        "first_resolution",
        "full_resolution",
        "active_resolution",
    ):
        yield METRICS[metric].label, getattr(times, metric)


def _several(label: str, lengths: tuple[Took, ...]) -> Iterator[_Row]:
    for number, one in enumerate(lengths, 1):
        yield (f"{label} {number}" if len(lengths) > 1 else label), one


def _statuses(times: TicketTimes) -> Iterator[_Row]:
    """The statuses that count, in their order; solved is what a reopening ended."""
    for status in (*UNSOLVED, Status.SOLVED):
        yield status.value.replace("_", " "), times.in_status.get(status)


def _lines(rows: Iterable[_Row]) -> list[str]:
    """Label, business minutes, calendar minutes, each as wide as it must be."""
    told = [
        (label, "-", "-") if one is None else (label, str(one.business_minutes), str(one.calendar_minutes))
        for label, one in rows
    ]
    room, business, calendar = (max(len(row[place]) for row in told) for place in range(3))
    return [f"{label:<{room}}  {one:>{business}} / {two:>{calendar}}" for label, one, two in told]


def _counts(times: TicketTimes) -> str:
    """`4 public replies, 1 reopening, not one-touch`."""
    told = [
        _count(times.replies, "public reply", "public replies"),
        _count(times.reopens, "reopening", "reopenings"),
    ]
    if times.one_touch is not None:
        told.append("one-touch" if times.one_touch else "not one-touch")
    return ", ".join(told)


def _count(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"
