"""Why one ticket of the queue stands above its neighbour: the first of the rules of the order in which they differ."""

from datetime import datetime, tzinfo
from typing import Final, Protocol

from agentdesk.domain.attention import Band, Placed, band
from agentdesk.domain.when import stamp

_DUE: Final = slice(0, 14)
_PRIORITY: Final = slice(14, 15)
_TIER: Final = slice(15, 16)
"""Parts of the key that sorts, as `attention.attention_key` writes it; what is left is the wait."""
_ORDERED: Final = (Band.BREACHED, Band.CRITICAL, Band.AT_RISK)
_LATE: Final = (
    "NEXT DUE tells when the first promise was broken, the order asks for the nearest clock that still runs"
)


class Neighbour(Placed, Protocol):
    """A ticket of the list."""

    @property
    def ref(self) -> str:
        """`T-1042`."""

    @property
    def priority(self) -> str:
        """Its priority."""

    @property
    def attention_key(self) -> str:
        """What sorts it within its band."""


def why_above(
    upper: Neighbour, lower: Neighbour, now: datetime, zone: tzinfo, *, by_band: bool = True
) -> str:
    """Why the upper of two tickets goes first, as in `T-7 goes before T-9: its clock is due first, 10:00 before 11:00`.

    Args:
        upper: the ticket that goes first.
        lower: the one after it.
        now: the instant of the list.
        zone: whose wall the instants are told on.
        by_band: whether the order begins with the band.
    """
    return f"{upper.ref} goes before {lower.ref}: {_reason(upper, lower, now, zone, by_band=by_band)}."


def _reason(upper: Neighbour, lower: Neighbour, now: datetime, zone: tzinfo, *, by_band: bool) -> str:
    above, below = band(upper, now), band(lower, now)
    if by_band and above is not below and above in _ORDERED:
        return f"{_say(above)} goes before {_say(below)}"
    one, other = upper.attention_key, lower.attention_key
    if one[_DUE] != other[_DUE]:
        return _due(upper, lower, now, zone)
    if one[_PRIORITY] != other[_PRIORITY]:
        return f"both are due at once, and {upper.priority} goes before {lower.priority}"
    if one[_TIER] != other[_TIER]:
        return "all else is equal, and its customer has the better tier"
    return (
        "all else is equal, and its customer has waited longer" if one != other else "it is the older ticket"
    )


def _due(upper: Neighbour, lower: Neighbour, now: datetime, zone: tzinfo) -> str:
    if upper.next_due_at is None or lower.next_due_at is None:
        paused = Band.PAUSED if lower.next_metric else Band.NONE
        if upper.next_due_at is None:
            return f"a paused clock goes before {_say(paused)}"
        return f"it has a clock that runs, which goes before {_say(paused)}"
    told = f"its clock is due first, {stamp(upper.next_due_at, now, zone)} before {stamp(lower.next_due_at, now, zone)}"
    seems = [one.breach_at or one.next_due_at for one in (upper, lower)]
    is_odd = (
        band(upper, now) is Band.BREACHED
        and seems[0] is not None
        and seems[1] is not None
        and seems[0] > seems[1]
    )
    return f"{told} ({_LATE})" if is_odd else told


def _say(one: Band) -> str:
    return {Band.AT_RISK: "at risk", Band.PAUSED: "a paused one", Band.NONE: "nothing promised"}.get(
        one, one.value
    )
