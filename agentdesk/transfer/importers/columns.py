"""A format as a table of its columns: which name holds what, and which names tell it from all others.

Names are compared as `csv_header.fold_name` has them. A format reads every header in which its signs are, in any order
and with columns missing; of several that do, the one whose columns are the most alike takes the file.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from agentdesk.transfer.contact_assembly import assemble_contacts
from agentdesk.transfer.contact_columns import find_roles
from agentdesk.transfer.contact_plan import NONE, ContactPlan, LeftOut, WayColumn, complete_plan
from agentdesk.transfer.contact_record import ContactRecord
from agentdesk.transfer.header import Header, fold_name
from agentdesk.transfer.importers.protocol import Sniff
from agentdesk.transfer.rows import Fault, Row

Roles = Mapping[str, Sequence[int]]
"""Places of the columns of each role, the best first."""

_ADDRESS: Final = ("street", "city", "region", "postal_code", "country")
_SHOWN: Final = 4
"""Signs that are named as the reason."""


def names(text: str) -> tuple[str, ...]:
    """The folded names of a list such as `First Name | Last Name`."""
    return tuple(fold_name(name) for name in text.split("|") if name.strip())


@dataclass(frozen=True, slots=True)
class Sign:
    """What tells a format: `least` of some names, beside all that must be there.

    Attributes:
        of: names, parted by `|`; one that ends in `*` is the beginning of names.
        least: how many of them a header holds at least.
        must: names that are all there, parted by `|`.
    """

    of: str
    least: int
    must: str = ""

    def seen(self, keys: Sequence[str]) -> list[int]:
        """Places of what was found, in the order of the sign; nothing where it is not enough."""
        must, some = names(self.must), names(self.of)
        starts = tuple(name[:-1] for name in some if name.endswith("*"))
        more = tuple(key for key in keys if starts and key.startswith(starts))
        found = [key for key in dict.fromkeys((*some, *more)) if key in keys]
        if len(found) < self.least or not set(must) <= set(keys):
            return []
        return [keys.index(key) for key in dict.fromkeys((*must, *found))]


@dataclass(frozen=True, slots=True)
class Mark:
    """What a system writes beside people who are no customers: their rows are rejected with a reason.

    Attributes:
        of: names of the columns that say it, parted by `|`.
        words: what stands in them then, parted by `|`.
        reason: what it means and how to bring such a row in, to be read after column and value.
    """

    of: str
    words: str
    reason: str


@dataclass(frozen=True)
class Columns:
    """A format.

    Attributes:
        signs: any of them tells it.
        roles: names of the columns of each role, parted by `|`, the best first; phones in the order of preference. A role
            is one of name, first, middle, last, email, phone, organization, title, external_id, language, time_zone, tags,
            notes, street, city, region, postal_code and country; email and phone take a label (`phone:work`).
        kept: other names it is known to write, kept as extra fields.
        custom: what the names of fields of one's own look like; its group is the name they are kept under.
        tag_separators: what parts tags besides the usual `,` and `;`.
        lists: names of columns that hold several organizations, parted by `;`; the first is the one, the others are kept.
        marks: what tells rows that are no customers.
    """

    signs: tuple[Sign, ...]
    roles: Mapping[str, str]
    kept: str = ""
    custom: str = ""
    tag_separators: str = ""
    lists: str = ""
    marks: tuple[Mark, ...] = ()

    @cached_property
    def _roles(self) -> Mapping[str, tuple[str, int]]:
        """Role and rank of each folded name."""
        return {
            name: (role, rank) for role, text in self.roles.items() for rank, name in enumerate(names(text))
        }

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(self._roles) | frozenset(names(self.kept))

    def sniff(self, header: Header) -> Sniff:
        """Go by the signs; the more the columns are alike, the surer."""
        seen = max((sign.seen(header.keys) for sign in self.signs), key=len)
        if not seen:
            return Sniff(0, "")
        keys = {key for key in header.keys if key}
        ours = {key for key in keys if key in self._known or self._custom(key)}
        score = 50 + 30 * len(ours) / len(keys) + 15 * len(ours & self._known) / len(self._known)
        return Sniff(round(score, 2), told(header, seen))

    def plan(self, header: Header) -> ContactPlan:
        """Find the columns by their names, in any order.

        A table without any sign of the format is read by the usual names too where the format has no place for a column:
        somebody said what wrote it, and its columns were named anew.

        Raises:
            MissingColumnsError: no column for a name, an e-mail address or a phone number.
        """
        found: dict[str, list[tuple[int, int]]] = {}
        for place, key in enumerate(header.keys):
            role, rank = self._roles.get(key, ("", 0))
            if role:
                found.setdefault(role, []).append((rank, place))
        roles: Roles = {
            role: [place for _, place in sorted(found[role])] for role in self.roles if role in found
        }
        if not self.sniff(header).score:
            roles = {**self._usual(header, roles), **roles}
        custom = {name: own for name in header.names if (own := self._custom(name))}
        found_plan = plan_by_role(header, roles, custom, tag_separators=self.tag_separators)
        is_list = found_plan.organization != NONE and header.keys[found_plan.organization] in names(
            self.lists
        )
        return replace(
            found_plan,
            organization_separator=";" if is_list else "",
            left_out=tuple(self._left_out(header)),
        )

    def records(self, header: Header, rows: Iterable[Row | Fault]) -> Iterator[ContactRecord | Fault]:
        """Yield one contact or fault for each row or fault, in order."""
        return assemble_contacts(self.plan(header), rows)

    def _left_out(self, header: Header) -> Iterator[LeftOut]:
        for mark in self.marks:
            for place, key in enumerate(header.keys):
                if key in names(mark.of):
                    yield LeftOut(place, frozenset(names(mark.words)), mark.reason)

    def _usual(self, header: Header, found: Roles) -> Roles:
        """The columns of usual names that the format does not know, for the roles that are still open."""
        strange = [
            name if key not in self._known else ""
            for name, key in zip(header.names, header.keys, strict=True)
        ]
        return {role: places for role, places in find_roles(strange).items() if role not in found}

    def _custom(self, name: str) -> str:
        match = re.fullmatch(self.custom, name, re.IGNORECASE) if self.custom else None
        return (match[1] if match.re.groups else name) if match else ""


def told(header: Header, places: Sequence[int]) -> str:
    """Columns as the reason for a verdict, the first few of them."""
    seen = [header.names[place] for place in places[:_SHOWN]]
    if len(seen) == 1:
        return f"its column {seen[0]}"
    return f"its columns {', '.join(seen[:-1])} and {seen[-1]}"


def plan_by_role(
    header: Header, roles: Roles, renamed: Mapping[str, str] | None = None, *, tag_separators: str = ""
) -> ContactPlan:
    """Make a plan of the columns of each role; what is not the best of a role that has one place is kept as extra.

    Args:
        header: the columns.
        roles: the places of each role, as `Columns.roles` names them; phones in the order of preference.
        renamed: other names to keep a column under, by its own.
        tag_separators: what parts tags besides the usual.

    Raises:
        MissingColumnsError: no column for a name, an e-mail address or a phone number.
    """

    def one(role: str) -> int:
        return roles[role][0] if role in roles else NONE

    def ways(kind: str) -> tuple[WayColumn, ...]:
        return tuple(
            WayColumn(place, label=role.partition(":")[2])
            for role in roles
            if role.partition(":")[0] == kind
            for place in roles[role]
        )

    street, city, region, postal_code, country = map(one, _ADDRESS)
    found = ContactPlan(
        columns=header.names,
        name=one("name"),
        name_parts=tuple(one(role) for role in ("first", "middle", "last") if role in roles),
        emails=ways("email"),
        phones=ways("phone"),
        organization=one("organization"),
        title=one("title"),
        external_id=one("external_id"),
        language=one("language"),
        time_zone=one("time_zone"),
        tags=one("tags"),
        notes=tuple(roles.get("notes", ())),
        tag_separators=tag_separators,
        address=(street, city, region, postal_code, country)
        if any(role in roles for role in _ADDRESS)
        else None,
    )
    return complete_plan(found, header, renamed)
