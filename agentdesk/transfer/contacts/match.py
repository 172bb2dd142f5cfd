"""Whom a row is about.

E-mail addresses and external ids belong to one customer each, so they decide; where they disagree the row is refused.
A phone number may be shared, so it only counts together with the name (or where one side has none), never against a
different e-mail address or external id, and never if it leaves a choice. A row that has nothing but a name is about
the customer of that name and organization who cannot be reached either.
"""

from collections.abc import Callable, Collection, Iterable
from typing import Final

from agentdesk.domain.identity import name_key
from agentdesk.transfer.contact_record import ContactRecord
from agentdesk.transfer.contacts.merge import EMAIL, PHONE
from agentdesk.transfer.contacts.person import Person

MATCH_KEYS: Final = ("email", "phone", "external_id")


class MatchConflictError(Exception):
    """A row that points at two customers, or at one it may not touch."""


class Known:
    """The customers that the rows at hand can be about, by everything that points at them."""

    def __init__(self) -> None:
        """Begin with nobody."""
        self.emails: dict[str, Person] = {}
        self.external_ids: dict[str, Person] = {}
        self.phones: dict[str, list[Person]] = {}
        self.crowded: set[str] = set()
        self.unreachable: dict[str, list[Person]] = {}

    @property
    def pointers(self) -> set[str]:
        """Addresses, numbers and ids of everybody."""
        return {*self.emails, *self.external_ids, *self.phones, *self.crowded}

    def add(self, person: Person) -> None:
        """Let everything that points at a customer find them; told again after they changed."""
        for point in person.points:
            if point.kind == EMAIL:
                self.emails[point.normalised] = person
            elif point.kind == PHONE:
                owners = self.phones.setdefault(point.normalised, [])
                if person not in owners:
                    owners.append(person)
        for external_id in (person.external_id, *person.former):
            if external_id:
                self.external_ids[external_id] = person
        if not (person.external_id or person.points):
            self.unreachable.setdefault(name_key(person.name), []).append(person)


def find_person(
    known: Known,
    record: ContactRecord,
    phones: Collection[str],
    organization_id: Callable[[str], int | None],
    match: Collection[str] = MATCH_KEYS,
) -> Person | None:
    """The customer a row is about, None for somebody new.

    Args:
        known: everybody it can be about.
        record: the row.
        phones: its normalised numbers.
        organization_id: gives the id of an organization by name, where a person's name alone has to do.
        match: which of `MATCH_KEYS` may find somebody.

    Raises:
        MatchConflictError: addresses and ids belong to different customers, or to one that `match` does not find.
    """
    owner = by_email = _by_email(known, record)
    if record.external_id and (by_id := known.external_ids.get(record.external_id)):
        if by_email and by_email is not by_id:
            raise MatchConflictError(
                f"is of {told(by_email)}, but the external id {record.external_id} of {told(by_id)}"
            )
        owner = by_id
    if owner:
        if (by_email and "email" in match) or (
            record.external_id in (owner.external_id, *owner.former) and "external_id" in match
        ):
            return owner
        raise MatchConflictError(f"belongs to {told(owner)}, whom the keys of --match do not find")
    if phones and "phone" in match:
        return _by_phone(known, record, phones)
    if not (phones or record.email_keys or record.external_id):
        same = (
            one
            for one in known.unreachable.get(name_key(record.name), ())
            if not (one.points or one.external_id)
            and one.organization_id == organization_id(record.organization)
        )
        return next(same, None)
    return None


def told(person: Person) -> str:
    """A customer as messages name them, the same wherever chunks begin and end."""
    return f"{person.name} (new in this file)" if person.is_made else f"{person.name} (customer {person.id})"


def _by_email(known: Known, record: ContactRecord) -> Person | None:
    owner = None
    for key in record.email_keys:
        found = known.emails.get(key)
        if owner and found and found is not owner:
            raise MatchConflictError(f"is of {told(owner)}, and another address of the row of {told(found)}")
        owner = owner or found
    return owner


def _by_phone(known: Known, record: ContactRecord, phones: Collection[str]) -> Person | None:
    if known.phones.keys().isdisjoint(phones):
        return None
    found = list(dict.fromkeys(one for key in phones for one in known.phones.get(key, ())))
    fitting = [one for one in found if _fits(one, record)]
    is_clear = bool(record.name) or (len(found) == 1 and known.crowded.isdisjoint(phones))
    if len(fitting) == 1 and is_clear:
        return fitting[0]
    return None if record.email_keys or record.external_id else _twin(fitting, record, phones)


def _fits(person: Person, record: ContactRecord) -> bool:
    """Whether an equal phone number may mean the same person."""
    if record.email_keys and person.email:
        return False
    if record.external_id and person.external_id and record.external_id != person.external_id:
        return False
    return not record.name or person.is_nameless or name_key(person.name) == name_key(record.name)


def _twin(people: Iterable[Person], record: ContactRecord, phones: Collection[str]) -> Person | None:
    """Of several, one that says the very same, name and all numbers: without other keys if possible, then the oldest.

    Any choice serves here, as long as the same file makes it again.
    """
    same = [one for one in people if _says(one, record) and one.keys(PHONE).issuperset(phones)]
    return min(same, key=lambda one: (bool(one.email or one.external_id), one.age), default=None)


def _says(person: Person, record: ContactRecord) -> bool:
    if not record.name:
        return person.is_nameless and not (person.email or person.external_id)
    return name_key(person.name) == name_key(record.name)
