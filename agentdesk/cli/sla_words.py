"""Reads what a clock is asked with: instants that name their zone, pauses, targets."""

from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from agentdesk.cli.argv import WrongUsage
from agentdesk.domain.minutes import MinutesError, parse_minutes
from agentdesk.domain.quoting import quoted
from agentdesk.domain.sla.calendar import FIRST_YEAR, LAST_YEAR

Stretch = tuple[datetime, datetime]
_LONG = 100


def parse_instant(text: str, option: str, zone: ZoneInfo) -> datetime:
    """An instant of ISO 8601 that says its zone.

    Args:
        text: `2026-03-02T10:00Z`, `2026-03-02T10:00+01:00`.
        option: where it was typed, for the sentence.
        zone: whose time was probably meant where none is said.

    Returns:
        Aware UTC.

    Raises:
        WrongUsage: it is no instant, says no zone, or lies so far away that no calendar is laid out for it.
    """
    try:
        instant = datetime.fromisoformat(text.strip().upper())
        if not FIRST_YEAR <= instant.year <= LAST_YEAR:
            raise WrongUsage(f"{option} {quoted(text)}: years run from {FIRST_YEAR} to {LAST_YEAR}.")
        if instant.tzinfo is not None:
            return instant.astimezone(UTC)
        local = instant.replace(tzinfo=zone)
        offset = local.isoformat(timespec="minutes" if not local.second else "auto")
    except (ValueError, OverflowError):
        raise WrongUsage(
            f"{option} {quoted(text)} is no instant. Write it with its zone: 2026-03-02T10:00Z, or "
            "2026-03-02T10:00+01:00."
        ) from None
    raise WrongUsage(
        f"{option} {quoted(text)} names no zone. Write {offset} if it is meant in {zone.key}, or end it in Z for UTC."
    )


def parse_length(text: str, option: str) -> int:
    """Minutes of open time.

    Raises:
        WrongUsage: it is no length, or one that no promise has.
    """
    try:
        return parse_minutes(text)
    except MinutesError as error:
        raise WrongUsage(f"{option} {error}") from None


def parse_pauses(texts: Sequence[str], zone: ZoneInfo) -> tuple[Stretch, ...]:
    """Pauses as typed, each `FROM/TO`.

    Raises:
        WrongUsage: one is no pair of instants, or ends before it starts.
    """
    return tuple(_pause(text, zone) for text in texts)


def check_order(start: datetime, end: datetime, typed: str) -> None:
    """Refuse a span that ends before it starts.

    Raises:
        WrongUsage: it does.
    """
    if end < start:
        raise WrongUsage(f"{typed} ends before it starts. Name the earlier instant first.")


def _pause(text: str, zone: ZoneInfo) -> Stretch:
    first, slash, last = text.partition("/")
    if not slash:
        raise WrongUsage(
            f"--pause {quoted(text, _LONG)} has no end. Write both: 2026-03-02T11:00Z/2026-03-03T10:00Z."
        )
    start, end = (parse_instant(one, "--pause", zone) for one in (first, last))
    check_order(start, end, f"--pause {quoted(text, _LONG)}")
    return start, end
