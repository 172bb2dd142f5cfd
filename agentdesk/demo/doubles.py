"""Customers who came a second time by another door, each a little differently written: what `customer duplicates` is for.

They stand behind all others and nothing else is told of them, so that no story changes with them.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from agentdesk.demo.persons import Person

_LATER: Final = timedelta(days=15)
_MISHEARD: Final = (
    *(("ph", "f"), ("ck", "k"), ("tz", "z"), ("mann", "man"), ("ll", "l"), ("tt", "t"), ("nn", "n")),
    *(("y", "i"), ("ow", "ou"), ("oo", "u"), ("e", "a")),
)
"""How names change on the telephone, the likeliest first."""


def come_again(persons: Sequence[Person]) -> list[Person]:
    """Six more: the first person twice, four others once.

    Args:
        persons: everybody, the contacts of organizations first.
    """
    caller, buyer, writer, reversed_, misheard = (persons[at] for at in (0, 6, 12, 17, 4))
    found: list[tuple[Person, dict[str, Any], str]] = [
        (caller, {"name": f"{caller.first[0]}. {caller.last}", "email": "", "phone": _dialled(caller)}, "Called."),
        (caller, {"email": _elsewhere(caller), "phone": None}, "Ordered from home."),
        (buyer, {"email": _tagged(buyer.email), "phone": None}, "Ordered in the shop."),
        (writer, {"name": _plain(writer), "company": writer.company, "email": _short(writer), "phone": None}, "Met at a fair."),
        (reversed_, {"name": f"{reversed_.last}, {reversed_.first}", "email": "", "phone": _dialled(reversed_)}, "Called."),
        (misheard, {"name": _as_heard(misheard), "company": misheard.company, "email": "", "phone": None}, "Called."),
    ]  # fmt: skip
    return [
        _again(person, len(persons) + place, told, notes)
        for place, (person, told, notes) in enumerate(found, start=1)
    ]


def _again(person: Person, number: int, told: dict[str, Any], notes: str) -> Person:
    plain: dict[str, Any] = {
        "company": None,
        "title": "",
        "tier": "",
        "warning": "",
        "tags": [],
        "orders": [],
    }
    created = person.created_at + _LATER
    return replace(person, **plain | told, id=number, notes=notes, created_at=created)


def _dialled(person: Person) -> str | None:
    """The number as somebody dials it from abroad: `0044 20 7946 0001`."""
    return None if person.phone is None else person.phone.replace("+", "00").replace("-", " ")


def _elsewhere(person: Person) -> str:
    return f"{person.email.partition('@')[0]}@example.net"


def _tagged(email: str) -> str:
    """The same mailbox, with capitals and a tag: `Jolene.Delacroix+Orders@twoherons.example.com`."""
    name, _, domain = email.partition("@")
    return f"{name.title()}+Orders@{domain}"


def _plain(person: Person) -> str:
    """The name in the letters of the address."""
    return person.email.partition("@")[0].replace(".", " ").title()


def _short(person: Person) -> str:
    first, _, last = person.email.partition("@")[0].partition(".")
    return f"{first[0]}.{last}@example.org"


def _as_heard(person: Person) -> str:
    for written, heard in _MISHEARD:
        if written in person.last:
            return f"{person.first} {person.last.replace(written, heard, 1)}"
    return f"{person.first} {person.last}e"
