"""Figures as they are printed: exact until the last step, then rounded half up.

Ratios are `Fraction`, durations `timedelta`; a figure that is not defined is None and never 0.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from statistics import median as middle

TOO_FEW = 10
"""Under this many values a percentage or a percentile is printed with the warning that it cannot be judged."""

_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)


def round_half_up(value: Fraction | Decimal | int, places: int = 0) -> Decimal:
    """Round to a number of decimal places, halves away from zero.

    Args:
        value: an exact number; floats are not taken, because 31.25 must print as 31.3 and not as 31.2.
        places: decimal places to keep, 0 or more.

    Returns:
        A `Decimal` with exactly `places` decimals. The arithmetic is on whole numbers, so that no
        precision setting can move a half.
    """
    scaled = abs(Fraction(value)) * 10**places
    whole = int(scaled + Fraction(1, 2))
    # Made from its digits: `scaleb` would round to the precision of the context.
    return Decimal((int(value < 0 and whole > 0), tuple(map(int, str(whole))), -places))


def share(part: int, whole: int) -> Fraction | None:
    """Part of a whole as an exact ratio; None where the whole is 0, because nothing was there to judge."""
    return Fraction(part, whole) if whole else None


def median(values: Iterable[int | Fraction]) -> Fraction | None:
    """The middle value, or the mean of the two middle ones; None without values.

    Percentiles here are nearest-rank, the median is not: with an even count the field's golden example
    (M15) takes 52.5 for 45 and 60, as every statistics text does.
    """
    ordered = [Fraction(value) for value in values]
    return Fraction(middle(ordered)) if ordered else None


def percentile(values: Iterable[int], percent: int) -> int | None:
    """The nearest-rank percentile: the smallest value with at least `percent` of all values at or under it.

    Args:
        values: whole numbers in any order (minutes, mostly).
        percent: 1 to 100.

    Returns:
        One of the values, never something between two of them (M15: 240, not the interpolated 276);
        None without values.
    """
    ordered = sorted(values)
    return ordered[-(-percent * len(ordered) // 100) - 1] if ordered else None


def percent_text(ratio: Fraction) -> str:
    """A ratio as a percentage with one decimal: 11/14 is `78.6%`."""
    return f"{round_half_up(ratio * 100, 1)}%"


def hours_text(length: timedelta) -> str:
    """A length of time as hours and minutes, `0:42` or `26:10`; seconds that do not fill a minute are dropped."""
    minutes = abs(length) // _MINUTE
    sign = "-" if length < timedelta() and minutes else ""
    return f"{sign}{minutes // 60}:{minutes % 60:02d}"


def in_days(length: timedelta) -> Fraction:
    """A length of time in days, exactly."""
    return Fraction(length // timedelta(microseconds=1), _DAY // timedelta(microseconds=1))


def plain_number(value: Fraction | None, places: int) -> int | float | None:
    """A figure as JSON writes it: rounded half up, without a decimal point where it is whole."""
    if value is None:
        return None
    rounded = round_half_up(value, places)
    return int(rounded) if rounded == int(rounded) else float(rounded)


@dataclass(frozen=True, slots=True)
class Bucket:
    """A half-open span of ages, in days: `low` belongs to it and `high` does not."""

    low: int
    high: int | None
    """None for the last bucket, which has no end."""

    @property
    def name(self) -> str:
        """The span as mathematics writes it, `[3,7)`: what scripts read."""
        return f"[{self.low},{'inf' if self.high is None else self.high})"

    @property
    def short(self) -> str:
        """The span as a column head, `3-7` or `30+`."""
        return f"{self.low}+" if self.high is None else f"{self.low}-{self.high}"


def _buckets(bounds: Sequence[int]) -> tuple[Bucket, ...]:
    highs: list[int | None] = [*bounds[1:], None]
    return tuple(Bucket(low, high) for low, high in zip(bounds, highs, strict=True))


BUCKETS = _buckets((0, 1, 3, 7, 14, 30))
"""Ages of tickets; exactly 3 days is in `[3,7)` (M11)."""
_LOWS = [timedelta(days=bucket.low) for bucket in BUCKETS]


def count_ages(ages: Iterable[timedelta]) -> tuple[int, ...]:
    """How many ages fall into each of `BUCKETS`, in their order.

    An age under zero (a clock that was wrong) counts as new: every ticket is in exactly one bucket.
    """
    counts = [0] * len(BUCKETS)
    for age in ages:
        counts[max(bisect_right(_LOWS, age), 1) - 1] += 1
    return tuple(counts)
