"""Rows become contacts by a plan; a row that cannot be one becomes a fault that names column, value and reason.

A broken e-mail address costs its row: dropping it would silently make a person unreachable. A phone number that is none,
such as an extension of a house, becomes an extra field, unless it is all there is; a fax is never a number to call. An
apostrophe that keeps a spreadsheet from running a cell is taken back.
This runs once a row, so it is written for speed.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Final
from unicodedata import is_normalized

from agentdesk.domain.identity import email_fault, normalise_email, normalise_name, normalise_phone
from agentdesk.domain.safe_text import spreadsheet_unguard
from agentdesk.transfer.contact_plan import ContactPlan, WayColumn
from agentdesk.transfer.contact_record import Address, ContactRecord
from agentdesk.transfer.header import fold_name
from agentdesk.transfer.rows import Fault, Row, all_of

_VALUES: Final = re.compile(r" ::: |~~~|[;,]")  # Google, Zammad, everybody else
_NUMBERS: Final = re.compile(r" ::: |~~~|[\r\n]+")  # a `;` may start an extension
JOIN: Final = " ::: "
"""What stands between several values of one cell in our own export, as in that of Google."""
_LABELLED: Final = re.compile(r"(.*) \(([^()]*)\)", re.DOTALL)
_SHORT: Final = 200
"""Characters of a cell whose tags are remembered: the same few come in row after row."""
_NO_CALL: Final = re.compile(r"\b(?:fax|pager|telex|tty)\b", re.IGNORECASE)
"""Labels of numbers nobody can be called at; they are kept as extra fields."""
_LEAST: Final = 5
_NUMBER: Final = re.compile(r"(?:\D*\d){5}")
"""The digits that a number to call has at least; fewer are an extension of a house that only it knows."""
_Emails = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]
"""Addresses, their keys and their labels."""
_NO_EMAILS: Final[_Emails] = ((), (), ())
_PRIMARY: Final = "*"
"""What Google puts before the label of the preferred value."""


def assemble_contacts(plan: ContactPlan, rows: Iterable[Row | Fault]) -> Iterator[ContactRecord | Fault]:
    """Yield one contact or fault for each row or fault, in order."""
    for row in rows:
        if row.__class__ is not Row:
            yield row  # type: ignore[misc]  # told by class
        elif plan.is_guarded and "\0'" in "\0" + "\0".join(
            row.cells
        ):  # no cell holds a NUL; one search instead of one a cell
            yield _assemble_guarded(plan, row)
        else:
            yield _assemble(plan, row)


def _assemble_guarded(plan: ContactPlan, row: Row) -> ContactRecord | Fault:
    """A row with a cell that begins with an apostrophe; rejected it goes out as it came in, guarded."""
    told = _assemble(plan, Row(row.line, [spreadsheet_unguard(cell) for cell in row.cells]))
    return replace(told, cells=row.cells) if isinstance(told, Fault) else told._replace(cells=row.cells)


def _assemble(plan: ContactPlan, row: Row) -> ContactRecord | Fault:
    line, cells = row
    if plan.left_out and (fault := _left_out(plan, row)):
        return fault
    emails = _emails(plan, row)
    extra = {key: value for place, key in plan.extra if (value := cells[place].strip())} if plan.extra else {}
    phones = _phones(plan.phones, cells, extra) if plan.phones else ()
    odd = _odd_numbers(phones) if phones and not plan.takes_any_number else ()
    if isinstance(emails, Fault):
        return all_of([emails, *(_no_number(plan, row, number) for number in odd)]) if odd else emails
    name = _name(plan, cells)
    external_id = cells[plan.external_id].strip() if plan.external_id >= 0 else ""
    if not (name or emails[0] or external_id) and (fault := _nobody(plan, row, phones, odd)):
        return fault
    if odd:
        phones = tuple(one for one in phones if one[0] not in odd)
        _put_aside(plan, cells, odd, extra)
    organization = cells[plan.organization].strip() if plan.organization >= 0 else ""
    if plan.organization_separator and plan.organization_separator in organization:
        organization = _first_of(plan, organization, extra)
    notes = plan.notes
    return ContactRecord(
        line,
        name,
        emails[0],
        emails[1],
        phones,
        organization,
        cells[plan.title].strip() if plan.title >= 0 else "",
        external_id,
        cells[plan.language].strip() if plan.language >= 0 else "",
        cells[plan.time_zone].strip() if plan.time_zone >= 0 else "",
        _tags(plan, cells[plan.tags]) if plan.tags >= 0 and cells[plan.tags] else (),
        cells[notes[0]].strip() if len(notes) == 1 else _join(notes, cells, "\n"),
        _address(plan.address, cells) if plan.address else None,
        extra,
        cells,
        emails[2],
        odd,
    )


def _left_out(plan: ContactPlan, row: Row) -> Fault | None:
    """The fault of a row that its system marks as no customer."""
    for place, words, reason in plan.left_out:
        if fold_name(row.cells[place]) in words:
            return Fault(row.line, plan.columns[place], row.cells[place].strip(), reason, row.cells)
    return None


def _first_of(plan: ContactPlan, cell: str, extra: dict[str, str]) -> str:
    """The first organization of a cell; the others are put among the extra fields."""
    first, *others = [name for part in cell.split(plan.organization_separator) if (name := part.strip())] or [
        ""
    ]
    if others:
        extra[f"{plan.columns[plan.organization]} (others)"] = "; ".join(others)
    return first


def _name(plan: ContactPlan, cells: list[str]) -> str:
    name = cells[plan.name].strip() if plan.name >= 0 else ""
    if not name:
        name = _join(plan.name_parts, cells, " ")
    # The common case is its own normal form: no white space but single blanks, no lone surrogate.
    if "  " not in name and name.isprintable() and is_normalized("NFC", name):
        return name
    return normalise_name(name)


def _emails(plan: ContactPlan, row: Row) -> _Emails | Fault:
    """Return addresses, keys and labels, or the fault of all broken ones."""
    cells = row.cells
    if len(plan.emails) == 1:  # the common case: one column, one address
        place, label_place, label, _ = plan.emails[0]
        value = cells[place].strip()
        if not value:
            return _NO_EMAILS
        if label_place < 0 and (key := normalise_email(value)):
            return (value,), (key,), (label,) if label else ()
    found: dict[str, tuple[str, str]] = {}  # by key: the first spelling wins
    faults: list[Fault] = []
    for column in plan.emails:
        value = cells[column.place].strip()
        if not value:
            continue
        label, is_primary = _label(column, cells)
        if key := normalise_email(value):
            more = {key: (value, label)}
        else:
            more = {}
            for part in _several(column, value):
                address, own = part_label(part) if column.is_ours else (part, label)
                if key := normalise_email(address):
                    more.setdefault(key, (address, own))
                else:
                    faults.append(_no_address(plan, row, column, part, address))
        found = more | found if is_primary else found | {k: v for k, v in more.items() if k not in found}
    if faults:
        return all_of(faults)
    labels = tuple(label for _, label in found.values())
    return tuple(value for value, _ in found.values()), tuple(found), labels if any(labels) else ()


def _no_address(plan: ContactPlan, row: Row, column: WayColumn, part: str, address: str) -> Fault:
    why = email_fault(address).removesuffix(".")
    reason = f"is no e-mail address: {why[:1].lower()}{why[1:]}"
    return Fault(row.line, plan.columns[column.place], part, reason, row.cells)


def _several(column: WayColumn, value: str) -> list[str]:
    """The values of a cell that holds several."""
    parts = value.split(JOIN) if column.is_ours else _VALUES.split(value)
    return list(filter(None, map(str.strip, parts))) or [value]


def part_label(value: str) -> tuple[str, str]:
    """An address or number and the label behind it in brackets, as our own export writes them; empty where there is none."""
    match = _LABELLED.fullmatch(value)
    return (match[1], match[2]) if match else (value, "")


def _label(column: WayColumn, cells: list[str]) -> tuple[str, bool]:
    """What an address or number is for, and whether it is marked as the preferred one."""
    if column.label_place < 0:
        return column.label, False
    label = cells[column.label_place].strip()
    if column.is_ours:
        return label, False
    return label.removeprefix(_PRIMARY).strip().lower(), label.startswith(_PRIMARY)


def _phones(
    columns: tuple[WayColumn, ...], cells: list[str], extra: dict[str, str]
) -> tuple[tuple[str, str], ...]:
    """Return the numbers to call, and put those of faxes and pagers among the extra fields."""
    if len(columns) == 1 and columns[0].label_place < 0:  # the common case: one column, one number
        value = cells[columns[0].place].strip()
        if not value:
            return ()
        if _is_one_number(value):
            return ((value, columns[0].label),)
    found: list[tuple[str, str]] = []
    for column in columns:
        value = cells[column.place].strip()
        if not value:
            continue
        label, is_primary = _label(column, cells)
        if column.label_place >= 0 and not column.is_ours and _NO_CALL.search(label):
            extra[label] = f"{extra[label]}, {value}" if label in extra else value
            continue
        numbers = [value] if _is_one_number(value) else _NUMBERS.split(value)
        at = 0 if is_primary else len(found)
        found[at:at] = [(number.strip(), label) for number in numbers if number.strip()]
    return tuple(dict.fromkeys(found)) if len(found) > 1 else tuple(found)


def _is_one_number(value: str) -> bool:
    return value.isprintable() and ":::" not in value and "~" not in value


def _odd_numbers(phones: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """Those that nobody outside can call."""
    if len(phones) == 1 and phones[0][0][-5:].isdecimal():  # the common case, without a search
        return () if len(phones[0][0]) >= _LEAST else (phones[0][0],)
    return tuple([number for number, _ in phones if not _NUMBER.match(number)])


def _nobody(
    plan: ContactPlan, row: Row, phones: tuple[tuple[str, str], ...], odd: tuple[str, ...]
) -> Fault | None:
    """Return the fault of a row without name, e-mail address and external id, unless a phone number saves it."""
    if not phones:
        return Fault(row.line, "", "", "no name, e-mail address, phone number or external id", row.cells)
    if any(normalise_phone(number) for number, _ in phones if number not in odd):
        return None
    fault = _no_number(plan, row, phones[0][0])
    return replace(fault, reason=f"{fault.reason}, and nothing else names this contact")


def _no_number(plan: ContactPlan, row: Row, number: str) -> Fault:
    column = plan.columns[_phone_column(plan, row.cells, number).place]
    return Fault(row.line, column, number, "is no phone number", row.cells)


def _phone_column(plan: ContactPlan, cells: list[str], number: str) -> WayColumn:
    """The column that a number stands in."""
    return next(one for one in plan.phones if number in cells[one.place])


def _put_aside(plan: ContactPlan, cells: list[str], odd: tuple[str, ...], extra: dict[str, str]) -> None:
    """Keep what is no phone number as extra fields, under its label or the name of its column."""
    for number in odd:
        way = _phone_column(plan, cells, number)
        label = _label(way, cells)[0] if way.label_place >= 0 else ""
        name = f"{f'{label} phone' if label else plan.columns[way.place]} (no number)"
        extra[name] = f"{extra[name]}, {number}" if name in extra else number


def _tags(plan: ContactPlan, cell: str) -> tuple[str, ...]:
    split = _split_tags if len(cell) <= _SHORT else _split_tags.__wrapped__
    return split(cell, plan.tag_separators, plan.ignored_tags)


@lru_cache(1024)
def _split_tags(text: str, separators: str, ignored: frozenset[str]) -> tuple[str, ...]:
    for separator in separators:
        text = text.replace(separator, ",")
    # Google marks its own groups with a star.
    tags = (part.strip().removeprefix("* ").strip() for part in _VALUES.split(text))
    return tuple(dict.fromkeys(tag for tag in tags if tag and tag.casefold() not in ignored))


def _address(places: tuple[int, int, int, int, int], cells: list[str]) -> Address | None:
    parts = [cells[place].strip() if place >= 0 else "" for place in places]
    return Address._make(parts) if any(parts) else None


def _join(places: tuple[int, ...], cells: list[str], glue: str) -> str:
    return glue.join([part for place in places if (part := cells[place].strip())])
