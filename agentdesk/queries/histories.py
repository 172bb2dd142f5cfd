"""What happened to a ticket, as sentences with the fields that changed, from the journal alone.

A field is told by its label, an agent or queue by its name; fields that only follow from others are not told.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from agentdesk.domain.errors import FieldChange
from agentdesk.domain.events import SENTENCES, Event
from agentdesk.domain.fields import Field, field_of_column
from agentdesk.domain.instants import from_iso
from agentdesk.domain.references import ticket_ref
from agentdesk.domain.when import stamp
from agentdesk.store.reader import Reader

NOTHING = "—"
Say = Callable[[datetime, datetime, ZoneInfo], str]
DESK_NAME = "the desk"
_TOLD_TOO = frozenset({"merged_into_id"})
_FOLLOWING = frozenset(
    {
        *("last_message_at", "last_reply_at", "first_replied_at", "waiting_since", "reply_count"),
        *("next_due_at", "next_metric", "at_risk_at", "critical_at", "breach_at", "attention_key"),
    }
)
"""Fields that follow from what was said, and when."""


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One event; `fields` holds labels and values as people read them.

    Attributes:
        written_at: when somebody wrote that it happened at `at`, where that is another minute.
        origin: the door it came in by.
        undone_by: the change that took it back and stands.
        text: what was said by it, also where that was taken back.
        besides: fields that only followed, for whoever wants to see all of it.
    """

    change_id: int
    at: datetime
    actor: str
    event: str
    sentence: str
    reason: str
    fields: tuple[FieldChange, ...]
    written_at: datetime | None = None
    origin: str = ""
    undone_by: int | None = None
    text: str = ""
    besides: tuple[FieldChange, ...] = ()

    @property
    def deed(self) -> str:
        """The sentence without the fields, for those who show them apart."""
        told = _told(self.fields, event_words(self.event))
        return self.sentence.removesuffix(f": {told}") if self.fields else self.sentence


@dataclass(frozen=True, slots=True)
class _Entry:
    id: int
    change_id: int
    at: datetime
    actor: str | None
    event: str
    is_main: bool
    entity: str
    entity_id: int
    before: dict[str, Any]
    after: dict[str, Any]
    reason: str
    written_at: datetime | None
    is_creation: bool
    undo_of_id: int | None
    undone_by_id: int | None
    origin: str


HAS_OWN_INSTANTS = "(change.batch_id IS NOT NULL OR change.origin = 'demo')"
"""True of an imported history and of the sample desk: nobody told them an instant, each row brought its own."""
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:")
_MOMENT = timedelta(minutes=1)
_ENTRIES = (
    "SELECT journal.id, journal.change_id, journal.at, agent.handle AS actor, journal.event, journal.is_main, "
    "journal.entity, journal.entity_id, journal.before, journal.after, journal.reason, "
    f"CASE WHEN {HAS_OWN_INSTANTS} THEN NULL ELSE change.at END AS written_at, "
    "(journal.after IS NOT NULL AND (journal.before IS NULL OR CAST(journal.before AS TEXT) = 'null')) AS is_creation, "
    "change.undo_of_id, change.undone_by_id, change.origin "
    "FROM journal JOIN change ON change.id = journal.change_id LEFT JOIN agent ON agent.id = journal.actor_id "
    "WHERE journal.ticket_id = :id ORDER BY journal.at, journal.id"
)
_NAMES: Mapping[str, str] = {
    "agent": "SELECT id, handle FROM agent",
    "queue": "SELECT id, name FROM queue",
    "customer": "SELECT id, name FROM customer WHERE id = :id",
}


def history(
    read: Reader,
    ticket_id: int,
    zone: ZoneInfo | None = None,
    now: datetime | None = None,
    *,
    say: Say = stamp,
) -> list[HistoryRow]:
    """Every event of a ticket, oldest first.

    Args:
        read: the snapshot.
        ticket_id: the ticket.
        zone: whose clock tells the times among the values; UTC unless given.
        now: told as briefly as they stay clear on this day, `tomorrow 09:00`; in full unless given.
        say: how briefly: `when.dated` where they stand beside the day of another event.
    """
    entries = read.rows(_Entry, _ENTRIES, {"id": ticket_id})
    tell = _Teller(read, zone, now, say)
    deeds = _deeds(entries)
    return [_row(tell, main, changed, deeds) for main, changed in _events(entries) if not _only_follows(main)]


def _only_follows(main: _Entry) -> bool:
    """Whether a ticket only took over what its messages say by themselves: no deed of anybody."""
    is_change = main.event == Event.TICKET_CHANGED and main.entity == "ticket" and not main.is_creation
    return is_change and bool(main.after) and set(main.after) <= _FOLLOWING


def event_words(event: str) -> str:
    """What an event is called after its actor: `assigned the ticket`."""
    with suppress(ValueError):
        return SENTENCES[Event(event)]
    return event.replace(".", " ").replace("_", " ")


def told_apart(this: datetime | None, other: datetime) -> datetime | None:
    """One of two instants, where they are apart: that of writing and that of happening, of a change told `--as-of`."""
    return this if this is not None and abs(this - other) > _MOMENT else None


def _events(entries: Iterable[_Entry]) -> list[tuple[_Entry, list[_Entry]]]:
    """Each main row with the ticket rows told under it; of several mains in one event, the last one has them.

    What was taken back is told once, however many rows went back with it.
    """
    groups: dict[tuple[int, str], list[_Entry]] = {}
    for entry in entries:
        groups.setdefault((entry.change_id, entry.event), []).append(entry)
    made = {change_id for change_id, event in groups if event == Event.TICKET_CREATED}
    found: list[tuple[_Entry, list[_Entry]]] = []
    for (change_id, event), group in groups.items():
        if event == Event.POLICY_GIVEN and change_id in made:
            continue  # a ticket begins under its policy: that is no news, its clocks say which
        mains = [one for one in group if one.is_main] or group[-1:]
        if mains[-1].event == Event.CHANGE_UNDONE:
            mains = mains[-1:]
        told = [one for one in group if one.entity == "ticket" and not one.is_creation]
        own = {id(one) for one in mains if one.entity == "ticket"}
        for main in mains:
            is_last = main is mains[-1]
            found.append((main, [one for one in told if one is main or (is_last and id(one) not in own)]))
    return sorted(found, key=lambda pair: (pair[0].at, pair[0].id))


def _deeds(entries: Iterable[_Entry]) -> dict[int, str]:
    """What each undo took back or did again, by the number of its change: `took back: declined the escalation`."""
    undone: dict[int, int | None] = {}
    events: dict[int, dict[str, None]] = {}
    for one in entries:
        undone[one.change_id] = one.undo_of_id
        if one.is_main:
            events.setdefault(one.change_id, {})[event_words(one.event)] = None
    found = {}
    for number in undone:
        first, is_back = number, False
        while (before := undone.get(first)) is not None:
            first, is_back = before, not is_back
        if first != number and first in events:
            found[number] = f"{'took back' if is_back else 'did again'}: {', '.join(events[first])}"
    return found


def _row(tell: "_Teller", main: _Entry, changed: list[_Entry], deeds: Mapping[int, str]) -> HistoryRow:
    fields = tuple(one for entry in changed for one in tell.changes(entry))
    actor = main.actor or DESK_NAME
    sentence = f"{actor} {deeds.get(main.change_id) or event_words(main.event)}"
    besides = tuple(one for entry in changed for one in tell.followed(entry))
    if fields:
        sentence = f"{sentence}: {_told(fields, event_words(main.event))}"
    elif (
        main.event == Event.TICKET_CHANGED and besides
    ):  # nothing that people set: what it was is named at least
        sentence = f"{sentence}: {', '.join(one.field for one in besides)}"
    return HistoryRow(
        main.change_id,
        main.at,
        actor,
        main.event,
        sentence,
        main.reason,
        fields,
        told_apart(main.written_at, main.at),
        main.origin,
        main.undone_by_id,
        _text(main),
        besides,
    )


def _text(main: _Entry) -> str:
    return (
        str({**(main.before or {}), **(main.after or {})}.get("body") or "")
        if main.entity == "message"
        else ""
    )


def _told(fields: Iterable[FieldChange], deed: str) -> str:
    """`priority normal → high`; a field that the deed names is not named again."""
    return ", ".join(
        f"{'' if deed.endswith(f' the {one.field}') else f'{one.field} '}{one.before} → {one.after}"
        for one in fields
    )


class _Teller:
    """Values as people read them; names are looked up once a kind."""

    def __init__(self, read: Reader, zone: ZoneInfo | None, now: datetime | None, say: Say) -> None:
        self._read = read
        self._zone = zone or ZoneInfo("UTC")
        self._now, self._say = now, say
        self._names: dict[str, dict[int, str]] = {}

    def changes(self, entry: _Entry) -> list[FieldChange]:
        """The fields of a journal row that people set."""
        found = []
        for column in entry.after:
            field = field_of_column(column)
            if field is not None and (field.editable or column in _TOLD_TOO):
                before, after = entry.before.get(column), entry.after.get(column)
                found.append(
                    FieldChange(field.label.lower(), self._value(field, before), self._value(field, after))
                )
        return found

    def followed(self, entry: _Entry) -> list[FieldChange]:
        """The fields of a journal row that only follow from others."""
        told = []
        for column in entry.after or {}:
            field = field_of_column(column)
            if field is None or not (field.editable or column in _TOLD_TOO):
                values = [(one or {}).get(column) for one in (entry.before, entry.after)]
                label = column.removesuffix("_id").removesuffix("_at").removeprefix("is_").replace("_", " ")
                told.append(FieldChange(field.label.lower() if field else label, *map(self._plain, values)))
        return told

    def _plain(self, value: Any) -> str:
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, str) and _INSTANT.match(value):
            return self._at(from_iso(value))
        if value is None or value in ("", [], {}):
            return NOTHING
        if isinstance(value, dict):
            return ", ".join(f"{name}: {one}" for name, one in value.items())
        return ", ".join(map(str, value)) if isinstance(value, list) else str(value)

    def _at(self, instant: datetime) -> str:
        if self._now is not None:
            return self._say(instant, self._now, self._zone)
        zone_name = "" if self._zone.key != "UTC" else " UTC"
        return f"{instant.astimezone(self._zone):%Y-%m-%d %H:%M}{zone_name}"

    def _value(self, field: Field, value: Any) -> str:
        if value is None or value in ("", []):
            return NOTHING
        if field.kind in _NAMES:
            return self._name(field.kind, int(value))
        if field.kind == "instant":
            return self._at(from_iso(value))
        if field.column == "merged_into_id":
            return ticket_ref(int(value))
        return ", ".join(map(str, value)) if isinstance(value, list) else str(value).replace("_", " ")

    def _name(self, kind: str, row_id: int) -> str:
        known = self._names.setdefault(kind, {})
        if row_id not in known:
            for one, name in self._read.tuples(_NAMES[kind], {"id": row_id}):
                known[int(one)] = str(name)
        return known.get(row_id, str(row_id))
