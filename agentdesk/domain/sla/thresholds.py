"""How much of a target may be used before somebody is told: 75 % at risk, 90 % critical, 100 % due (R12).

At risk comes with at least 15 working minutes left, so that a short target still leaves time to act.
"""

from datetime import timedelta
from enum import StrEnum
from typing import Final


class Threshold(StrEnum):
    """The steps of a warning, in the order in which they come."""

    AT_RISK = "at_risk"
    CRITICAL = "critical"
    DUE = "due"


PERCENT: Final = {Threshold.AT_RISK: 75, Threshold.CRITICAL: 90, Threshold.DUE: 100}
"""Share of the target that is used at each step."""
LEAST_NOTICE: Final = timedelta(minutes=15)
"""What is left at the latest when a clock becomes at risk."""


def used_at(threshold: Threshold, target: int) -> timedelta:
    """Working time used when a threshold is reached.

    Args:
        threshold: which one.
        target: minutes.
    """
    whole = timedelta(minutes=target)
    share = whole * PERCENT[threshold] / 100
    return max(min(share, whole - LEAST_NOTICE), timedelta()) if threshold is Threshold.AT_RISK else share
