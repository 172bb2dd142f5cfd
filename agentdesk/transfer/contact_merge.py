"""What a row does to a customer: make one, bring one up to date, or only fill what is still empty.

The first row of a file about a customer is its word; later rows add what is missing and overwrite nothing. Ways to
reach somebody, names and external ids are never taken away by an empty cell.
"""

from collections.abc import Mapping
from typing import Final

from agentdesk.domain.identity import normalise_phone
from agentdesk.domain.vocabulary import PointKind
from agentdesk.transfer.contact_plan import NONE, ContactPlan
from agentdesk.transfer.contact_record import Address, ContactRecord
from agentdesk.transfer.person import Newcomer, Person, Point, Way

EMAIL: Final = PointKind.EMAIL.value
PHONE: Final = PointKind.PHONE.value
OTHER_IDS: Final = "other_external_ids"
"""Extra field for ids that other rows give somebody who has one already."""
_TEXTS: Final = ("title", "language", "time_zone", "notes")
_normalise_phone: Final = normalise_phone.__wrapped__
"""Without its cache: a file rarely repeats a number, and remembering 65,000 of them costs 15 MB."""
_NO_PHONES: Final[Mapping[str, tuple[str, str]]] = {}

Phones = Mapping[str, tuple[str, str]]
"""Numbers as written with their labels, by normalised form."""


def phone_keys(record: ContactRecord) -> Phones:
    """Number and label by normalised number; one that is none is its own key, and matches nothing else."""
    if not record.phones:
        return _NO_PHONES
    if len(record.phones) == 1:
        only = record.phones[0]
        return {_normalise_phone(only[0]) or only[0]: only}
    found: dict[str, tuple[str, str]] = {}
    for phone in record.phones:
        found.setdefault(_normalise_phone(phone[0]) or phone[0], phone)
    return found


def make_newcomer(record: ContactRecord, phones: Phones, organization_id: int | None) -> Newcomer:
    """A new customer; without a name, an address stands in for it."""
    # Taken apart in one step: this runs once a row, and a name at a time takes three times as long.
    _, name, emails, keys, numbers, _, title, external_id, language, time_zone, tags, notes, *_ = record
    phone = numbers[0][0] if numbers else None
    ways: list[Way] = []
    if len(emails) == 1:
        ways.append((EMAIL, emails[0], keys[0], record.email_label(0), True))
    else:
        ways += [
            (EMAIL, value, key, record.email_label(at), not at)
            for at, (key, value) in enumerate(zip(keys, emails))  # noqa: B905  equal by type
        ]
    is_first = True
    for key, (value, label) in phones.items():
        ways.append((PHONE, value, key, label, is_first))
        is_first = False
    values = (
        external_id or None,
        name or (emails[0] if emails else phone or external_id),
        keys[0] if keys else None,
        phone,
        organization_id,
        title,
        language,
        time_zone,
        notes,
        tags,
        _extra(record),
    )
    return Newcomer(values, ways)


def make_person(row_id: int, record: ContactRecord, phones: Phones, organization_id: int | None) -> Person:
    """A new customer under a provisional id, whom later rows may add to."""
    values, ways = make_newcomer(record, phones, organization_id)
    points = [
        Point(kind, value, key, label, is_primary=is_primary) for kind, value, key, label, is_primary in ways
    ]
    return Person(row_id, 1, (*values[:-2], list(record.tags), values[-1]), points, is_new=True)


def fill_person(person: Person, record: ContactRecord, phones: Phones, organization_id: int | None) -> None:
    """Add what the customer lacks; nothing it has is overwritten."""
    if record.name and person.is_nameless:
        person.name = record.name
    _identify(person, record.external_id)
    for name in _TEXTS:
        if not getattr(person, name):
            setattr(person, name, getattr(record, name))
    if person.organization_id is None:
        person.organization_id = organization_id
    _reach(person, record, phones, leads=False)
    person.tags = _joined(person.tags, record.tags)
    if missing := {key: value for key, value in _extra(record).items() if key not in person.extra}:
        person.extra = {**person.extra, **missing}


def update_person(
    person: Person,
    record: ContactRecord,
    phones: Phones,
    organization_id: int | None,
    emptied: ContactPlan | None,
) -> bool:
    """Bring a customer up to date with the first row about them; say whether anything changed.

    Args:
        person: as the store holds it.
        record: the row.
        phones: its numbers by key.
        organization_id: of its organization, if it names one.
        emptied: the plan whose columns empty what we have where the row is blank; None keeps it.
    """
    if record.name:
        person.name = record.name
    _identify(person, record.external_id)
    for name in _TEXTS:
        if value := getattr(record, name):
            setattr(person, name, value)
    if organization_id is not None:
        person.organization_id = organization_id
    _reach(person, record, phones, leads=True)
    person.tags = _joined(person.tags, record.tags)
    extra = _extra(record)
    if any(person.extra.get(key) != value for key, value in extra.items()):
        person.extra = {**person.extra, **extra}
    if emptied:
        _clear(person, record, emptied, extra)
    return person.is_changed


def _identify(person: Person, external_id: str) -> None:
    """An identity is kept: a second id of the same person is noted beside it."""
    if not external_id or person.external_id == external_id:
        return
    if person.external_id is None:
        person.external_id = external_id
    elif external_id not in (others := person.extra.get(OTHER_IDS, [])):
        person.extra = {**person.extra, OTHER_IDS: [*others, external_id]}


def _reach(person: Person, record: ContactRecord, phones: Phones, *, leads: bool) -> None:
    """Add the row's addresses; a new first one becomes the primary one where the row leads or there is none."""
    for place, (key, value) in enumerate(zip(record.email_keys, record.emails, strict=True)):
        if key not in person.keys(EMAIL):
            is_primary = place == 0 and (leads or person.email is None)
            _add(person, Point(EMAIL, value, key, record.email_label(place), is_primary=is_primary))
            if is_primary:
                person.email = key
    for place, (key, (value, label)) in enumerate(phones.items()):
        known = next((one for one in person.points if one.kind == PHONE and one.normalised == key), None)
        if known is None:
            is_primary = place == 0 and (leads or person.phone is None)
            _add(person, Point(PHONE, value, key, label, is_primary=is_primary))
            if is_primary:
                person.phone = value
        elif label and not known.label:
            known.label = label


def _add(person: Person, point: Point) -> None:
    if point.is_primary:
        for other in person.points:
            if other.kind == point.kind:
                other.is_primary = False
    person.points = [*person.points, point]


def _clear(person: Person, record: ContactRecord, plan: ContactPlan, extra: dict[str, str]) -> None:
    for name in _TEXTS:
        places = getattr(plan, name)
        if places not in (NONE, ()) and not getattr(record, name):
            setattr(person, name, "")
    if plan.organization != NONE and not record.organization:
        person.organization_id = None
    if plan.tags != NONE and not record.tags:
        person.tags = []
    columns = {name for _, name in plan.extra}
    if plan.address:
        columns.update(
            name for name, place in zip(Address._fields, plan.address, strict=True) if place != NONE
        )
    if blank := (columns & person.extra.keys()) - extra.keys():
        person.extra = {key: value for key, value in person.extra.items() if key not in blank}


def _joined(tags: list[str], more: tuple[str, ...]) -> list[str]:
    new = [tag for tag in more if tag not in tags]
    return [*tags, *new] if new else tags


def _extra(record: ContactRecord) -> dict[str, str]:
    """Extra columns and the filled parts of the postal address, by name."""
    if record.address is None:
        return record.extra
    found = {name: value for name, value in zip(Address._fields, record.address) if value}  # noqa: B905  equal by type
    found.update(record.extra)
    return found
