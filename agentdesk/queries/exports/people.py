"""Customers and organizations as an export has them; the postal address has columns of its own, and so have further ways."""

from typing import Any, Final

from agentdesk.domain.vocabulary import PointKind
from agentdesk.queries.exports.listing import KEPT, Block, Column, Kind, Listing, each, joined, mapped, texts
from agentdesk.store.reader import Reader

ADDRESS: Final = ("street", "city", "region", "postal_code", "country")
"""What an import keeps of a postal address among the extra fields."""
_WAYS = (
    "SELECT customer_id, kind, value, label, is_primary FROM contact_point "
    "WHERE customer_id BETWEEN :first AND :last AND (NOT is_primary OR label <> '') ORDER BY customer_id, id"
)


def _with_ways(read: Reader, block: Block) -> None:
    """Labels, further addresses and numbers, and the parts of the postal address."""
    ids = block[0]
    size, places = len(ids), dict(zip(ids, range(len(ids)), strict=True))
    emails: list[Any] = [()] * size
    phones: list[Any] = [()] * size
    labels = {PointKind.PHONE: [""] * size, PointKind.EMAIL: [""] * size}
    ways = read.tuples(_WAYS, {"first": ids[0], "last": ids[-1]})
    for customer_id, kind, value, label, is_primary in ways:
        place = places.get(customer_id, -1)
        if place < 0:
            continue
        if is_primary:
            if kind in labels:
                labels[PointKind(kind)][place] = label
        elif kind == PointKind.EMAIL:
            emails[place] = (*emails[place], _labelled(value, label))
        elif kind == PointKind.PHONE:
            phones[place] = (*phones[place], _labelled(value, label))
    block[_EMAILS], block[_PHONES] = emails, phones
    block[_EMAIL_LABEL], block[_LABEL] = labels[PointKind.EMAIL], labels[PointKind.PHONE]
    _part_address(block)


def _part_address(block: Block) -> None:
    """Take the postal address out of the extra fields."""
    parted = each(_parted, block[_EXTRA])
    block[_EXTRA] = [extra for extra, _ in parted]
    columns = zip(*[address for _, address in parted], strict=True)
    for place, column in enumerate(columns, start=_STREET):
        block[place] = column


def _parted(fields: Any) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The other extra fields, and the address."""
    extra = dict(mapped(fields) or {})
    address = [extra.pop(part) if isinstance(extra.get(part), str) else "" for part in ADDRESS]
    return extra, tuple(address)


def _labelled(value: str, label: str) -> str:
    """An address or a number with its label in brackets; a pair of empty ones where it would else end with brackets of its own."""
    return f"{value} ({label})" if label or value.endswith(")") else value


CONTACTS: Final = Listing(
    "customer",
    (
        Column("id", Kind.NUMBER),
        *texts("external_id", "name", "email"),
        Column("email_label", sql="NULL"),
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
_EMAIL_LABEL, _EMAILS, _LABEL, _PHONES, _STREET, _EXTRA = (
    CONTACTS.places[key]
    for key in ("email_label", "more_emails", "phone_label", "more_phones", "street", "extra")
)

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
