"""What became of each row of a chunk, told for people: who is new, which fields change from what to what, what folds.

A chunk tells its story only where somebody listens; an import without a plan keeps none.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final, Protocol

from agentdesk.transfer.contact_record import ContactRecord
from agentdesk.transfer.contacts.dropped import EXTRA, Dropped
from agentdesk.transfer.contacts.first_lines import FirstLines
from agentdesk.transfer.contacts.person import FIELDS, Person, Way
from agentdesk.transfer.outcome import CHANGED, DUPLICATE, NEW, UNCHANGED, FieldChange, Outcome, rejected
from agentdesk.transfer.rows import Fault

_PLAIN: Final = ("name", "external_id", "title", "language", "time_zone", "notes")
_WAYS: Final = ("email", "phone")
Look = tuple[tuple[Any, ...], Sequence[Way]]
"""A customer as they were: the columns, in the order of `FIELDS`, and the ways to reach them."""
_NOBODY: Final[Look] = (("", "", None, None, None, "", "", "", "", (), {}), ())


class Listener(Protocol):
    """Who hears the story."""

    def wants(self, kind: str) -> bool:
        """Whether the next outcome of this kind is of interest."""
        ...

    def add(self, outcome: Outcome) -> None:
        """Hear what became of a row."""
        ...


class Names(Protocol):
    """Who knows how organizations are called."""

    def organization_names(self, ids: Collection[int]) -> Mapping[int, str]:
        """Names by id, of organizations of the store."""
        ...


class Story:
    """The outcomes of one chunk.

    Attributes:
        outcomes: one for each row, in order; None where nobody wants it.
    """

    def __init__(self, listener: Listener, lines: FirstLines, names: Names) -> None:
        """Begin a chunk; `lines` is what earlier chunks left."""
        self.outcomes: list[Outcome | None] = []
        self._listener = listener
        self._lines = lines
        self._names = names
        self._firsts: list[tuple[int, int]] = []
        self._made: list[int] = []

    def look(self, person: Person) -> Look:
        """A customer before a row changes them."""
        return person.values, person.newcomer.ways

    def made(self, record: ContactRecord, values: tuple[Any, ...], ways: Sequence[Way]) -> None:
        """A row made somebody."""
        self._made.append(record.line)
        if not self._listener.wants(NEW):
            self.outcomes.append(None)
            return
        changes = self._changes(_NOBODY, (values, ways), record)
        self.outcomes.append(
            Outcome(record.line, NEW, str(values[1]), changes=[one._replace(before=None) for one in changes])
        )

    def met(self, record: ContactRecord, person: Person, before: Look) -> None:
        """The first row about somebody who was there."""
        person.line = record.line
        self._firsts.append((person.id, record.line))
        kind = CHANGED if person.is_changed else UNCHANGED
        if not self._listener.wants(kind):
            self.outcomes.append(None)
            return
        changes = self._changes(before, self.look(person), record) if kind is CHANGED else ()
        name = before[0][FIELDS.index("name")]
        self.outcomes.append(Outcome(record.line, kind, name, person.id, person.version, changes=changes))

    def folded(
        self, record: ContactRecord, person: Person, before: Look, lost: Sequence[Dropped] = ()
    ) -> None:
        """A row about somebody whom an earlier row was about; `lost` is what it said in vain."""
        if not self._listener.wants(DUPLICATE):
            self.outcomes.append(None)
            return
        changes = self._changes(before, self.look(person), record)
        into = person.line or self._lines.get(person.id) or None
        name = before[0][FIELDS.index("name")]
        self.outcomes.append(
            Outcome(record.line, DUPLICATE, name, into=into, changes=changes, dropped=tuple(lost))
        )

    def refused(self, fault: Fault) -> None:
        """A row that cannot be taken."""
        self.outcomes.append(rejected(fault))

    def end(self, ids: Sequence[int]) -> None:
        """Remember the first lines; `ids` are those that the chunk's new customers got."""
        self._lines.put_all(ids[::-1] if ids and ids[0] < 0 else ids, self._made)
        self._lines.put(self._firsts)

    def _changes(self, before: Look, after: Look, record: ContactRecord) -> tuple[FieldChange, ...]:
        old, new = (dict(zip(FIELDS, look[0], strict=True)) for look in (before, after))
        found = [FieldChange(name, old[name] or "", new[name] or "") for name in _PLAIN]
        if old["organization_id"] != new["organization_id"]:
            is_gone = new["organization_id"] is None
            had = self._organization(old["organization_id"])
            found.append(FieldChange("organization", had, "" if is_gone else record.organization))
        found += [FieldChange(kind, _told(before[1], kind), _told(after[1], kind)) for kind in _WAYS]
        found.append(FieldChange("tags", list(old["tags"]), list(new["tags"])))
        for key in dict.fromkeys([*old["extra"], *new["extra"]]):
            found.append(FieldChange(EXTRA + key, old["extra"].get(key, ""), new["extra"].get(key, "")))
        return tuple(one for one in found if one.before != one.after)

    def _organization(self, row_id: int | None) -> str:
        if row_id is None:
            return ""
        return self._names.organization_names([row_id]).get(row_id, "")


def _told(ways: Sequence[Way], kind: str) -> list[str]:
    """The ways of one kind, the primary one first, each with its label."""
    wanted = sorted((way for way in ways if way[0] == kind), key=lambda way: not way[4])
    return [f"{value} ({label})" if label else value for _, value, _, label, _ in wanted]
