"""Which column of a table holds which part of a contact: decided once a file, followed for every row."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from agentdesk.transfer.contact_columns import ACCEPTED
from agentdesk.transfer.header import Header
from agentdesk.transfer.refusals import MissingColumnsError

NONE: Final = -1
"""The place of a column that a table does not have."""


class WayColumn(NamedTuple):
    """Where an e-mail address or a phone number is, and what is known about it.

    Attributes:
        place: index of the address or number.
        label_place: index of the column that holds its label, or `NONE`.
        label: its label when there is no such column.
        is_ours: our own export wrote it: the label stands as it is, and several values have theirs in brackets.
    """

    place: int
    label_place: int = NONE
    label: str = ""
    is_ours: bool = False


class LeftOut(NamedTuple):
    """Rows that a system marks as no customers: rejected, so that nobody comes in unseen.

    Attributes:
        place: index of the column that marks them.
        words: folded words of that column that do.
        reason: what they say, and what to write to bring such a row in.
    """

    place: int
    words: frozenset[str]
    reason: str


@dataclass(frozen=True, slots=True)
class ContactPlan:
    """Indexes of columns; `NONE` or an empty tuple where a table has no such column.

    Attributes:
        columns: names of all columns, for messages.
        name: a whole name; it wins over its parts.
        name_parts: given, middle and family name, in the order they are written.
        emails: addresses, the primary one first.
        phones: phone numbers, the primary one first.
        notes: one or several, joined by line breaks.
        organization_separator: what parts the names in the column of the organization; empty where it holds one.
        tag_separators: what parts tags besides the usual `,` and `;`.
        ignored_tags: case-folded tags that mean nothing outside the system of origin.
        address: street, city, region, postal code, country.
        extra: columns without a place of their own, with the name they are kept under.
        is_guarded: see `Header`.
        left_out: what marks rows that are no customers.
        takes_any_number: our own export wrote the phone numbers, so each stands as it is.
    """

    columns: tuple[str, ...]
    name: int = NONE
    name_parts: tuple[int, ...] = ()
    emails: tuple[WayColumn, ...] = ()
    phones: tuple[WayColumn, ...] = ()
    organization: int = NONE
    title: int = NONE
    external_id: int = NONE
    language: int = NONE
    time_zone: int = NONE
    tags: int = NONE
    notes: tuple[int, ...] = ()
    organization_separator: str = ""
    tag_separators: str = ""
    ignored_tags: frozenset[str] = frozenset()
    address: tuple[int, int, int, int, int] | None = None
    extra: tuple[tuple[int, str], ...] = ()
    is_guarded: bool = True
    left_out: tuple[LeftOut, ...] = ()
    takes_any_number: bool = False

    @property
    def unmapped(self) -> tuple[str, ...]:
        """Names of the columns whose values are kept as extra fields."""
        return tuple(name for _, name in self.extra)


def complete_plan(plan: ContactPlan, header: Header, renamed: Mapping[str, str] | None = None) -> ContactPlan:
    """Check that a plan makes contacts, and keep every named column that it does not use as an extra field.

    Args:
        plan: what is used.
        header: the columns.
        renamed: other names to keep a column under, by its own.

    Raises:
        MissingColumnsError: no column for a name, an e-mail address or a phone number.
    """
    if plan.name == NONE and not (plan.name_parts or plan.emails or plan.phones):
        raise MissingColumnsError(header.label, [name for name in header.names if name], ACCEPTED)
    used = {
        plan.name,
        plan.organization,
        plan.title,
        plan.external_id,
        plan.language,
        plan.time_zone,
        plan.tags,
    }
    used.update(plan.name_parts, plan.notes, plan.address or ())
    used.update(place for way in (*plan.emails, *plan.phones) for place in way[:2])
    other = renamed or {}
    unused = ((place, name) for place, name in enumerate(header.names) if name and place not in used)
    extra = tuple((place, other.get(name, name)) for place, name in unused)
    return replace(plan, extra=extra, is_guarded=header.is_guarded)
