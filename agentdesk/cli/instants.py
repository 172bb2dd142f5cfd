"""The instant of `--as-of`, the ends of a stretch and the period of `--period`, as typed on a line."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from agentdesk.cli.argv import WrongUsage
from agentdesk.domain import periods
from agentdesk.domain.query.durations import stretch
from agentdesk.domain.quoting import quoted

_MOMENT = timedelta(minutes=1)
"""An instant to the minute, a distance: anything longer is a day or a month."""


def parse_as_of(text: str, now: datetime, zone: ZoneInfo) -> datetime:
    """The instant that words mean.

    Args:
        text: an ISO instant, a day or month (its end, or `now` where it has not ended), `-7d`; empty is `now`.
        now: aware.
        zone: of words that name none.

    Returns:
        Aware UTC.

    Raises:
        WrongUsage: the words name no instant, or one that lies ahead, of which nothing is known.
    """
    instant = parse_told(text, now, zone)
    if lies_ahead(instant, now):
        raise WrongUsage(
            f"{_ahead(text, now, zone)}, and nothing is known after that. Name an instant that has passed."
        )
    return instant


def lies_ahead(instant: datetime, now: datetime) -> bool:
    """Whether an instant is to come; the clock that wrote it need not agree with ours to the second."""
    return instant > now + _MOMENT


def say_ahead(text: str, now: datetime, zone: ZoneInfo) -> str:
    """What is told where an instant to come is taken at its word."""
    return f"{_ahead(text, now, zone)}. What is shown or written here is as of then."


def _ahead(text: str, now: datetime, zone: ZoneInfo) -> str:
    return f"--as-of {text} lies ahead: it is {now.astimezone(zone):%Y-%m-%d %H:%M} now"


def parse_told(text: str, now: datetime, zone: ZoneInfo) -> datetime:
    """The instant that words mean, which may be one to come; see `parse_as_of`.

    Raises:
        WrongUsage: the words name no instant.
    """
    words = text.strip().replace(" ", "T")
    if words.lower() in {"", "now"}:
        return now
    try:
        start, after = stretch(words, now, zone)
    except ValueError:
        raise WrongUsage(
            f"{quoted(text)} is not an instant. Write 2026-03-02, 2026-03-02T08:30Z, today, yesterday or -7d."
        ) from None
    if after - start <= _MOMENT:
        return start
    return min(after, now) if start <= now else after


def parse_end(text: str, now: datetime, zone: ZoneInfo, *, of: str, is_last: bool) -> datetime | None:
    """Where something begins or ends; None for no words, which leaves it open.

    Args:
        text: an ISO instant, a day or month (its first instant, or the end of it), `today`, `+7d`.
        now: aware.
        zone: of words that name none.
        of: what it is the end of, for the sentence.
        is_last: a whole day or month is still inside.

    Raises:
        WrongUsage: the words name no instant.
    """
    words = text.strip().replace(" ", "T")
    if not words:
        return None
    try:
        start, after = stretch(words, now, zone)
    except ValueError:
        raise WrongUsage(
            f"{of}: {quoted(text)} is not an instant. Write 2026-03-02, 2026-03-02T08:30Z, today or +7d."
        ) from None
    return after if is_last and after - start > _MOMENT else start


def parse_period(text: str, now: datetime, zone: ZoneInfo) -> periods.Period | None:
    """The period that words mean; None for no words, which leaves it to the report.

    Raises:
        WrongUsage: the words name no period.
    """
    if not text.strip():
        return None
    try:
        return periods.parse_period(text, now, zone)
    except periods.PeriodError as error:
        raise WrongUsage(str(error)) from None
