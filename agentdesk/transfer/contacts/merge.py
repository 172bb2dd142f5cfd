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
from agentdesk.transfer.contacts.person import Newcomer, Person, Point, Way
from agentdesk.transfer.contacts.survivors import DESK, FILE, FILE_WINS, FILL, Sides

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
        extra_of(record),
    )
    return Newcomer(values, ways)


def make_person(row_id: int, record: ContactRecord, phones: Phones, organization_id: int | None) -> Person:
    """A new customer under a provisional id, whom later rows may add to."""
    values, ways = make_newcomer(record, phones, organization_id)
    points = [
        Point(kind, value, key, label, is_primary=is_primary) for kind, value, key, label, is_primary in ways
    ]
    return Person(row_id, 1, (*values[:-2], list(record.tags), values[-1]), points, is_new=True)


_ALL_FILL: Final[Sides] = dict.fromkeys(FILE_WINS, FILL)


def fill_person(
    person: Person,
    record: ContactRecord,
    phones: Phones,
    organization_id: int | None,
    sides: Sides = FILE_WINS,
) -> None:
    """Add what the customer lacks; nothing it has is overwritten, and nothing is added where `sides` say `desk`."""
    filled = {field: DESK if side == DESK else FILL for field, side in sides.items()}
    _write(person, record, phones, organization_id, _ALL_FILL if sides is FILE_WINS else filled)


def update_person(
    person: Person,
    record: ContactRecord,
    phones: Phones,
    organization_id: int | None,
    *,
    emptied: ContactPlan | None,
    sides: Sides = FILE_WINS,
) -> bool:
    """Bring a customer up to date with the first row about them; say whether anything changed.

    Args:
        person: as the store holds it.
        record: the row.
        phones: its numbers by key.
        organization_id: of its organization, if it names one.
        emptied: the plan whose columns empty what we have where the row is blank; None keeps it.
        sides: whose word stands, by field; only where it is the file's does a blank cell empty anything.
    """
    _write(person, record, phones, organization_id, sides)
    if emptied:
        _clear(person, record, emptied, sides)
    return person.is_changed


def _write(
    person: Person, record: ContactRecord, phones: Phones, organization_id: int | None, sides: Sides
) -> None:
    if record.name and (sides["name"] == FILE or (sides["name"] == FILL and person.is_nameless)):
        person.name = record.name
    _identify(person, record.external_id)
    for name in _TEXTS:
        if (value := getattr(record, name)) and _may(sides[name], has=bool(getattr(person, name))):
            setattr(person, name, value)
    if organization_id is not None and _may(sides["organization"], has=person.organization_id is not None):
        person.organization_id = organization_id
    if sides[EMAIL] != DESK:
        _reach_by_email(person, record, leads=sides[EMAIL] == FILE)
    if sides[PHONE] != DESK:
        _reach_by_phone(person, phones, leads=sides[PHONE] == FILE)
    if sides["tags"] != DESK:
        person.tags = _joined(person.tags, record.tags)
    if sides["extra"] != DESK:
        _add_extra(person, extra_of(record), leads=sides["extra"] == FILE)


def _may(side: str, *, has: bool) -> bool:
    """Whether the file's word is taken, by whether we have one."""
    return side == FILE or (side == FILL and not has)


def _add_extra(person: Person, extra: Mapping[str, str], *, leads: bool) -> None:
    new = {
        key: value
        for key, value in extra.items()
        if (person.extra.get(key) != value if leads else key not in person.extra)
    }
    if new:
        person.extra = {**person.extra, **new}


def _identify(person: Person, external_id: str) -> None:
    """An identity is kept: a second id of the same person is noted beside it."""
    if not external_id or external_id in (person.external_id, *person.former):
        return
    if person.external_id is None:
        person.external_id = external_id
    elif external_id not in (others := person.extra.get(OTHER_IDS, [])):
        person.extra = {**person.extra, OTHER_IDS: [*others, external_id]}


def _reach_by_email(person: Person, record: ContactRecord, *, leads: bool) -> None:
    """Add the row's addresses; a new first one becomes the primary one where the row leads or there is none."""
    for place, (key, value) in enumerate(zip(record.email_keys, record.emails, strict=True)):
        if key not in person.keys(EMAIL):
            is_primary = place == 0 and (leads or person.email is None)
            _add(person, Point(EMAIL, value, key, record.email_label(place), is_primary=is_primary))
            if is_primary:
                person.email = key


def _reach_by_phone(person: Person, phones: Phones, *, leads: bool) -> None:
    """Add the row's numbers, as its addresses; and a label where we have the number without one."""
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


def _clear(person: Person, record: ContactRecord, plan: ContactPlan, sides: Sides) -> None:
    """Empty what a blank cell of the row speaks of, where the file's word stands."""
    for name in _TEXTS:
        places = getattr(plan, name)
        if places not in (NONE, ()) and not getattr(record, name) and sides[name] == FILE:
            setattr(person, name, "")
    if plan.organization != NONE and not record.organization and sides["organization"] == FILE:
        person.organization_id = None
    if plan.tags != NONE and not record.tags and sides["tags"] == FILE:
        person.tags = []
    if sides["extra"] == FILE:
        _clear_extra(person, record, plan)


def _clear_extra(person: Person, record: ContactRecord, plan: ContactPlan) -> None:
    columns = {name for _, name in plan.extra}
    if plan.address:
        columns.update(
            name for name, place in zip(Address._fields, plan.address, strict=True) if place != NONE
        )
    if blank := (columns & person.extra.keys()) - extra_of(record).keys():
        person.extra = {key: value for key, value in person.extra.items() if key not in blank}


def _joined(tags: list[str], more: tuple[str, ...]) -> list[str]:
    new = [tag for tag in more if tag not in tags]
    return [*tags, *new] if new else tags


def extra_of(record: ContactRecord) -> dict[str, str]:
    """Extra columns and the filled parts of the postal address, by name."""
    if record.address is None:
        return record.extra
    found = {name: value for name, value in zip(Address._fields, record.address) if value}  # noqa: B905  equal by type
    found.update(record.extra)
    return found
