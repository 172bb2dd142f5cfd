"""Customers and organizations as an export has them; the postal address has columns of its own, and so have further ways."""

from collections.abc import Mapping
from typing import Any, Final

from agentdesk.domain.vocabulary import PointKind
from agentdesk.queries.exports.listing import KEPT, Column, Kind, Listing, Rows, joined, mapped, texts
from agentdesk.store.reader import Reader

ADDRESS: Final = ("street", "city", "region", "postal_code", "country")
"""What an import keeps of a postal address among the extra fields."""
_WAYS = (
    "SELECT customer_id, kind, value, label, is_primary FROM contact_point "
    "WHERE customer_id BETWEEN :first AND :last AND (NOT is_primary OR label <> '') ORDER BY customer_id, id"
)


def _with_ways(read: Reader, some: Rows) -> Rows:
    """The rows with labels, further addresses and numbers, and the parts of the postal address."""
    ways: dict[int, dict[str, Any]] = {}
    for customer_id, kind, value, label, is_primary in read.tuples(
        _WAYS, {"first": some[0][0], "last": some[-1][0]}
    ):
        mine = ways.setdefault(customer_id, {"label": "", PointKind.EMAIL: [], PointKind.PHONE: []})
        if is_primary:
            mine["label"] = label if kind == PointKind.PHONE else mine["label"]
        elif kind in mine:
            mine[kind].append(value if kind == PointKind.EMAIL else _labelled(value, label))
    return [_filled(row, ways) for row in some]


def _filled(row: tuple[Any, ...], ways: Mapping[int, Mapping[str, Any]]) -> tuple[Any, ...]:
    mine = ways.get(row[0])
    label, emails, phones = (
        ("", (), ()) if mine is None else (mine["label"], mine[PointKind.EMAIL], mine[PointKind.PHONE])
    )
    extra = row[_EXTRA]
    if not extra or extra == "{}":
        address: tuple[Any, ...] = _NO_ADDRESS
    else:
        extra = mapped(extra) or {}
        address = tuple(
            extra.pop(part, "") if isinstance(extra.get(part, ""), str) else "" for part in ADDRESS
        )
    return (
        *row[:_MAILS],
        emails,
        row[_PHONE],
        label,
        phones,
        *row[_COMPANY:_STREET],
        *address,
        extra,
        *row[_MERGED:],
    )


def _labelled(value: str, label: str) -> str:
    """A number with its label in brackets; a pair of empty ones where it would else end with brackets of its own."""
    return f"{value} ({label})" if label or value.endswith(")") else value


CONTACTS: Final = Listing(
    "customer",
    (
        Column("id", Kind.NUMBER),
        *texts("external_id", "name", "email"),
        Column("more_emails", Kind.LIST, "NULL"),
        Column("phone", Kind.PHONE),
        Column("phone_label", sql="NULL"),
        Column("more_phones", Kind.LIST, "NULL"),
        Column("organization", sql="organization.name"),
        *texts("title", "language", "time_zone", "tier"),
        Column("owner", sql="agent.handle"),
        Column("owner_since", Kind.INSTANT),
        Column("owner_until", Kind.INSTANT),
        Column("do_not_contact", Kind.FLAG),
        Column("warning"),
        Column("tags", Kind.TAGS),
        Column("notes"),
        *(Column(part, sql="NULL") for part in ADDRESS),
        Column("extra", Kind.OBJECT),
        Column("merged_into_id", Kind.NUMBER),
        *KEPT,
    ),
    joined("organization", "owner", table="customer"),
    fill=_with_ways,
)
_MAILS, _PHONE, _COMPANY, _STREET, _EXTRA, _MERGED = (
    CONTACTS.places[key]
    for key in ("more_emails", "phone", "organization", "street", "extra", "merged_into_id")
)
_NO_ADDRESS = ("",) * len(ADDRESS)

ORGANIZATIONS: Final = Listing(
    "organization",
    (
        Column("id", Kind.NUMBER),
        *texts("external_id", "name"),
        Column("domains", Kind.LIST),
        Column("tier"),
        Column("owner", sql="agent.handle"),
        Column("tags", Kind.TAGS),
        Column("notes"),
        Column("extra", Kind.OBJECT),
        *KEPT,
    ),
    joined("owner", table="organization"),
    asks="organization",
)
