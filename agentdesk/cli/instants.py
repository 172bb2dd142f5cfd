"""Instants of `--as-of` and `--period`: days and moments that have been, in the team's zone."""

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from agentdesk.cli.argv import WrongUsage

_AGO = re.compile(r"-(\d{1,4})([dhwm])")
_UNITS = {"d": "days", "h": "hours", "w": "weeks", "m": "minutes"}


def parse_as_of(text: str, now: datetime, zone: tzinfo) -> datetime:
    """The instant that words mean.

    Args:
        text: an ISO instant or date, `now`, `today`, `yesterday`, `-7d`, `-4h`; empty is `now`.
        now: aware.
        zone: of instants that name none; a day means the end of it, or `now` where it has not ended.

    Returns:
        Aware UTC.

    Raises:
        WrongUsage: the words name no instant.
    """
    words = text.strip()
    if words.lower() in {"", "now"}:
        return now
    ago = _AGO.fullmatch(words.lower())
    if ago and ago[2] != "d":
        return now - timedelta(**{_UNITS[ago[2]]: int(ago[1])})
    day = _day(words, now, zone)
    if day is not None:
        end = datetime.combine(day + timedelta(days=1), time(), zone).astimezone(UTC)
        return min(end, now) if day <= now.astimezone(zone).date() else end
    try:
        instant = datetime.fromisoformat(words)
    except ValueError:
        raise WrongUsage(
            f"{text} is not an instant. Write 2026-03-02, 2026-03-02T08:30Z, today, yesterday or -7d."
        ) from None
    return (instant if instant.tzinfo else instant.replace(tzinfo=zone)).astimezone(UTC)


def parse_period(text: str, now: datetime, zone: tzinfo) -> tuple[datetime, datetime] | None:
    """The period that words mean: one day, `FROM..TO` (both inside), or the last `7d`; None for no words.

    Returns:
        Aware UTC, the second instant outside.

    Raises:
        WrongUsage: the words name no period, or its end comes before its start.
    """
    words = text.strip()
    if not words:
        return None
    first, dots, last = words.partition("..")
    span = re.fullmatch(r"-?(\d{1,4})([dw])", words.lower())
    if span:
        days = int(span[1]) * (7 if span[2] == "w" else 1)
        today = now.astimezone(zone).date()
        return _midnight(today - timedelta(days=days), zone), _midnight(today, zone)
    start, end = _bound(first, now, zone), _bound(last if dots else first, now, zone, is_end=True)
    if end <= start:
        raise WrongUsage(f"{text} ends before it starts.")
    return start, end


def _bound(words: str, now: datetime, zone: tzinfo, *, is_end: bool = False) -> datetime:
    if not words:
        return now
    day = _day(words, now, zone)
    if day is None:
        return parse_as_of(words, now, zone)
    return _midnight(day + timedelta(days=1 if is_end else 0), zone)


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


def _day(words: str, now: datetime, zone: tzinfo) -> date | None:
    today = now.astimezone(zone).date()
    ago = _AGO.fullmatch(words.lower())
    if ago and ago[2] in "dw":
        return today - timedelta(days=int(ago[1]) * (7 if ago[2] == "w" else 1))
    if words.lower() in {"today", "yesterday"}:
        return today - timedelta(days=words.lower() == "yesterday")
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", words):
        return None
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise WrongUsage(f"{words} is not a day of the calendar.") from None
