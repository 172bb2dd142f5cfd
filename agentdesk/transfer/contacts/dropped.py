"""What a repeated row said that was not taken: the first row of a file about somebody is its word, later ones only add."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from agentdesk.domain.identity import name_key
from agentdesk.transfer.contact_record import ContactRecord
from agentdesk.transfer.contacts.merge import extra_of
from agentdesk.transfer.contacts.person import Person
from agentdesk.transfer.contacts.survivors import FILE, Sides

EXTRA: Final = "extra."
"""Before the name of a column that has no field of its own."""
_TEXTS: Final = ("title", "language", "time_zone", "notes")


class Dropped(NamedTuple):
    """A word of a row that is in no field of the customer."""

    field: str
    value: str


def dropped(person: Person, record: ContactRecord, sides: Sides, *, is_ours: bool) -> tuple[Dropped, ...]:
    """Every word of a row that its customer does not hold once the row has added what it adds.

    Where `sides` keep the file from a field, its word was not wanted, and nothing is told of it.

    Args:
        person: after the row.
        record: the row.
        sides: whose word stands, by field.
        is_ours: its organization is theirs, or it names none.
    """
    return tuple(_dropped(person, record, sides, is_ours=is_ours))


def _dropped(person: Person, record: ContactRecord, sides: Sides, *, is_ours: bool) -> Iterator[Dropped]:
    if record.name and sides["name"] == FILE and name_key(record.name) != name_key(person.name):
        yield Dropped("name", record.name)
    if not is_ours and sides["organization"] == FILE:
        yield Dropped("organization", record.organization)
    for name in _TEXTS:
        value = getattr(record, name)
        if value and value != getattr(person, name) and sides[name] == FILE:
            yield Dropped(name, value)
    if sides["extra"] == FILE:
        for key, value in extra_of(record).items():
            if value and person.extra.get(key) != value:
                yield Dropped(EXTRA + key, value)


class Repeats(NamedTuple):
    """How many rows were about somebody whom an earlier row was about, and did more than repeat it.

    Attributes:
        otherwise: said something that was not taken.
        filled: added something to a customer of before.
    """

    otherwise: int = 0
    filled: int = 0

    def __add__(self, other: "Repeats") -> "Repeats":  # type: ignore[override]
        """Count those of `other` as well."""
        return Repeats(self.otherwise + other.otherwise, self.filled + other.filled)

    @property
    def notes(self) -> tuple[str, ...]:
        """What to say of them."""
        told = []
        if count := self.otherwise:
            told.append(
                f"{_rows(count)} said something else than the first row about the same person, which was not taken: "
                "see what each of them drops with --dry-run --all"
            )
        if count := self.filled:
            told.append(
                f"{_rows(count)} added something to a customer who was there before; counted among the duplicates"
            )
        return tuple(f"{one}." for one in told)


def _rows(count: int) -> str:
    return f"{count:,} repeated row{'' if count == 1 else 's'}"
