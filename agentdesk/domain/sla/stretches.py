"""The open stretches that a span counts, one by one, so that anybody can add them up: open time less the pauses."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from agentdesk.domain.sla.calendar import Calendar, Stretch, open_intervals


def counted_stretches(
    calendar: Calendar, start: datetime, end: datetime, pauses: Sequence[Stretch] = ()
) -> tuple[Stretch, ...]:
    """What counts between two aware instants, in order and apart; together as long as `open_time`."""
    counted = list(open_intervals(calendar, start, end))
    for paused, resumed in pauses:
        if paused < resumed:
            counted = [piece for stretch in counted for piece in _without(stretch, paused, resumed)]
    return tuple(counted)


def _without(stretch: Stretch, paused: datetime, resumed: datetime) -> Iterator[Stretch]:
    opens, closes = stretch
    if opens < min(closes, paused):
        yield opens, min(closes, paused)
    if max(opens, resumed) < closes:
        yield max(opens, resumed), closes
