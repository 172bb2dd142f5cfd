"""The bands of the queue as SQL: which tickets are breached, critical or at risk at an instant.

A ticket's instants lie in this order: `next_due_at` and `at_risk_at`, `critical_at`, `breach_at`. The breached ones are
therefore the beginning of the attention key, those warned of are in one range of the index on `at_risk_at`, and
everything else is in the order of the attention key already.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

from agentdesk.domain.attention import PAUSED, Band

WARNED: Final = (Band.BREACHED, Band.CRITICAL, Band.AT_RISK)
"""The bands that go before what the attention key says, worst first."""
_SECOND: Final = timedelta(seconds=1)


def conditions(band: Band, now: datetime, bind: Callable[[Any], str]) -> list[str]:
    """What holds for the unsolved tickets of a band, to be joined by and.

    Args:
        band: which; `RUNNING` and `NONE` are everything that is not in one of `WARNED`.
        now: the instant they are in it at.
        bind: makes a parameter that holds a value, and says what to write for it.
    """
    at = bind(now)
    match band:
        case Band.BREACHED:
            key = bind(f"{now + _SECOND:%Y%m%d%H%M%S}")  # the key is to the second
            return [f"ticket.attention_key < {key}", f"ticket.breach_at < {at}"]
        case Band.CRITICAL:
            return [f"ticket.at_risk_at <= {at}", f"ticket.critical_at <= {at}", _after("breach_at", at, "=")]
        case Band.AT_RISK:
            return [f"ticket.at_risk_at <= {at}", _after("critical_at", at)]
        case Band.PAUSED:
            return [
                f"ticket.attention_key >= '{PAUSED}'",
                "ticket.next_metric <> ''",
                _after("at_risk_at", at),
            ]
        case _:
            return [_after("at_risk_at", at)]


def _after(column: str, at: str, equal: str = "") -> str:
    return f"(ticket.{column} IS NULL OR ticket.{column} >{equal} {at})"
