"""When a mail was written: its Date where that can be true, else when it arrived; never a guess that is not told."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_tz
from typing import Final

from agentdesk.transfer.mail.words import Flags

MAX_DATE: Final = 200
_ZONE: Final = re.compile(r":\d\d\s+(?:\+\d{4}|-(?!0000)\d{4}|[A-Za-z]{1,5})")
"""`-0000` is no zone: it says that nobody knows it."""
_OLDEST: Final = datetime(1971, 1, 1, tzinfo=UTC)
_WIDEST_ZONE: Final = 14 * 3600
_SLACK: Final = timedelta(days=1)
"""How far a clock may run ahead of ours."""


def read_instant(text: str, flags: Flags | None = None) -> datetime | None:
    """An instant as mails write it, in UTC; None where it is none that can be.

    A time without a zone, and one whose zone is `-0000`, is UTC: RFC 5322 says so of the second.
    """
    try:
        told = parsedate_tz(re.sub(r"[^\x20-\x7e]", " ", text[:MAX_DATE]))
        if told is None:
            return None
        year, month, day, hour, minute, second, *_, offset = told
        if offset is not None and abs(offset) > _WIDEST_ZONE:
            return None
        leap = 1 if second == 60 else 0  # a leap second is the one before it
        at = datetime(year, month, day, hour, minute, second - leap, tzinfo=UTC)
        at -= timedelta(seconds=offset or 0)
    except (ValueError, OverflowError, TypeError, IndexError, ArithmeticError):
        return None
    if flags is not None and not _ZONE.search(text[:MAX_DATE]):
        flags.say("the date names no zone, taken as UTC")
    return at if at >= _OLDEST else None


def choose_instant(
    date: str, received: Iterable[str], delivered: datetime | None, now: datetime, flags: Flags
) -> datetime:
    """When a mail was written.

    Args:
        date: its Date header; empty where there is none.
        received: its Received headers, the last hop first.
        delivered: what the mailbox itself says.
        now: no mail is from later.
        flags: told where it is not the Date.
    """
    at = read_instant(date, flags) if date else None
    if at is not None and at <= now + _SLACK:
        return min(at, now)
    why = "no date" if not date else "a date in the future" if at else "a date that cannot be"
    for told, instant in _arrivals(received, delivered):
        if instant <= now:
            flags.say(f"{why}, {told} was taken")
            return instant
    flags.say(f"{why}, the time of the import was taken")
    return now


def _arrivals(received: Iterable[str], delivered: datetime | None) -> Iterator[tuple[str, datetime]]:
    for hop in received:
        at = read_instant(hop.rpartition(";")[2])
        if at is not None:
            yield "the time of arrival", at
    if delivered is not None:
        yield "the time of the mailbox", delivered
