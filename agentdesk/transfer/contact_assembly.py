"""Rows become contacts by a plan; a row that cannot be one becomes a fault that names column, value and reason.

A broken e-mail address costs its row: dropping it would silently make a person unreachable. An odd phone
number does not, unless it is all there is. An apostrophe that keeps a spreadsheet from running a cell is taken back.
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
from agentdesk.transfer.contact_plan import ContactPlan, PhoneColumn
from agentdesk.transfer.contact_record import Address, ContactRecord
from agentdesk.transfer.rows import Fault, Row

_VALUES: Final = re.compile(r" ::: |~~~|[;,]")  # Google, Zammad, everybody else
_NUMBERS: Final = re.compile(r" ::: |~~~|[\r\n]+")  # a `;` may start an extension
_SHORT: Final = 200
"""Characters of a cell whose tags are remembered: the same few come in row after row."""
_NO_EMAILS: Final[tuple[tuple[str, ...], tuple[str, ...]]] = ((), ())
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
    emails = _emails(plan, row)
    if isinstance(emails, Fault):
        return emails
    name = _name(plan, cells)
    phones = _phones(plan.phones, cells) if plan.phones else ()
    external_id = cells[plan.external_id].strip() if plan.external_id >= 0 else ""
    if not (name or emails[0] or external_id) and (fault := _nobody(plan, row, phones)):
        return fault
    notes = plan.notes
    return ContactRecord(
        line,
        name,
        emails[0],
        emails[1],
        phones,
        cells[plan.organization].strip() if plan.organization >= 0 else "",
        cells[plan.title].strip() if plan.title >= 0 else "",
        external_id,
        cells[plan.language].strip() if plan.language >= 0 else "",
        cells[plan.time_zone].strip() if plan.time_zone >= 0 else "",
        _tags(plan, cells[plan.tags]) if plan.tags >= 0 and cells[plan.tags] else (),
        cells[notes[0]].strip() if len(notes) == 1 else _join(notes, cells, "\n"),
        _address(plan.address, cells) if plan.address else None,
        {key: value for place, key in plan.extra if (value := cells[place].strip())} if plan.extra else {},
        cells,
    )


def _name(plan: ContactPlan, cells: list[str]) -> str:
    name = cells[plan.name].strip() if plan.name >= 0 else ""
    if not name:
        name = _join(plan.name_parts, cells, " ")
    # The common case is its own normal form: no white space but single blanks, no lone surrogate.
    if "  " not in name and name.isprintable() and is_normalized("NFC", name):
        return name
    return normalise_name(name)


def _emails(plan: ContactPlan, row: Row) -> tuple[tuple[str, ...], tuple[str, ...]] | Fault:
    """Return addresses and their keys, or the fault of the first broken one."""
    cells = row.cells
    if len(plan.emails) == 1:  # the common case: one column, one address
        value = cells[plan.emails[0][0]].strip()
        if not value:
            return _NO_EMAILS
        if key := normalise_email(value):
            return (value,), (key,)
    found: dict[str, str] = {}  # by key: the first spelling wins
    for place, label_place in plan.emails:
        value = cells[place].strip()
        if not value:
            continue
        is_primary = label_place >= 0 and cells[label_place].startswith(_PRIMARY)
        if key := normalise_email(value):
            more = {key: value}
        else:
            more = {}
            for part in list(filter(None, map(str.strip, _VALUES.split(value)))) or [value]:
                if (key := normalise_email(part)) is None:
                    return Fault(row.line, plan.columns[place], part, email_fault(part), cells)
                more.setdefault(key, part)
        found = more | found if is_primary else found | {k: v for k, v in more.items() if k not in found}
    return tuple(found.values()), tuple(found)


def _phones(columns: tuple[PhoneColumn, ...], cells: list[str]) -> tuple[tuple[str, str], ...]:
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
        label, at = column.label, len(found)
        if column.label_place >= 0:
            label = cells[column.label_place].strip()
            if label.startswith(_PRIMARY):
                label, at = label.removeprefix(_PRIMARY), 0
            label = label.strip().lower()
        numbers = [value] if _is_one_number(value) else _NUMBERS.split(value)
        found[at:at] = [(number.strip(), label) for number in numbers if number.strip()]
    return tuple(dict.fromkeys(found)) if len(found) > 1 else tuple(found)


def _is_one_number(value: str) -> bool:
    return value.isprintable() and ":::" not in value and "~" not in value


def _nobody(plan: ContactPlan, row: Row, phones: tuple[tuple[str, str], ...]) -> Fault | None:
    """Return the fault of a row without name, e-mail address and external id, unless a phone number saves it."""
    if not any(map(str.strip, row.cells)):
        return Fault(row.line, "", "", "every cell is empty", row.cells)
    if not phones:
        return Fault(row.line, "", "", "no name, e-mail address, phone number or external id", row.cells)
    if any(normalise_phone(number) for number, _ in phones):
        return None
    column = next(column for column in plan.phones if row.cells[column.place].strip())
    reason = "is no phone number, and nothing else names this contact"
    return Fault(row.line, plan.columns[column.place], phones[0][0], reason, row.cells)


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
