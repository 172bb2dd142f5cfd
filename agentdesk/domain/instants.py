"""Instants as text and back: UTC inside, ISO 8601 with a zone outside."""

from datetime import UTC, datetime, timedelta


def to_iso(instant: datetime) -> str:
    """`2026-03-03T08:30:00+00:00`; the form every JSON of ours prints."""
    return instant.astimezone(UTC).isoformat()


def from_iso(text: str) -> datetime:
    """The aware instant of `to_iso`; `Z` is accepted, a time without zone is taken as UTC."""
    instant = datetime.fromisoformat(text)
    return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)


def to_store(instant: datetime) -> str:
    """The fixed-width UTC text that SQLite keeps: it sorts as it reads."""
    return instant.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")


def from_store(text: str) -> datetime:
    """The aware instant that SQLite kept as text."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def ago_text(age: timedelta) -> str:
    """How long ago something was, as people say it: `just now`, `2 minutes ago`, `3 days ago`."""
    for unit, length in (
        ("day", timedelta(days=1)),
        ("hour", timedelta(hours=1)),
        ("minute", timedelta(minutes=1)),
    ):
        if (count := age // length) > 0:
            return f"{count} {unit}{'' if count == 1 else 's'} ago"
    return "just now"
