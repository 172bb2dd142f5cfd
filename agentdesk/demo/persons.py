"""Who writes to the sample desk: invented people of many scripts, some in organizations, with what they bought.

Nobody exists: addresses are under the example domains, numbers from ranges that regulators keep for fiction.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from agentdesk.demo.material import people

CUSTOMERS = 300
_MARKS = str.maketrans(
    {
        "ß": "ss",
        "ø": "o",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ł": "l",
        "đ": "d",
        "\N{LATIN SMALL LETTER DOTLESS I}": "i",
    }
)


@dataclass(frozen=True, slots=True)
class Order:
    """Something a person bought."""

    number: str
    at: datetime
    item: str
    price: int
    """Whole units of the shop's currency."""


@dataclass(slots=True)
class Company:
    """An organization and what kind of place it is."""

    id: int
    name: str
    culture: str
    domain: str
    kind: str
    tier: str
    created_at: datetime


@dataclass(slots=True)
class Person:
    """A customer as the stories need them."""

    id: int
    name: str
    first: str
    """The first name in Latin letters, for an English greeting."""
    last: str
    signed: str
    """The name in Latin letters."""
    email: str
    phone: str | None
    city: str
    language: str
    zone: str
    tier: str
    company: Company | None
    title: str
    warning: str
    notes: str
    tags: list[str]
    created_at: datetime
    orders: list[Order] = field(default_factory=list)


def invent_companies(rng: Random, now: datetime) -> list[Company]:
    """Every organization of the material, known for half a year to three years."""
    found = []
    for place, line in enumerate(people()["organizations"]["list"], start=1):
        name, culture, domain, kind = line.split("|")
        tier = rng.choice(("gold", "silver", "silver", "", ""))
        created = _whole(now - timedelta(days=rng.uniform(180, 1000)))
        found.append(Company(place, name, culture, f"{domain}.example.com", kind, tier, created))
    return found


def invent_people(rng: Random, now: datetime, companies: list[Company]) -> list[Person]:
    """`CUSTOMERS` people with distinct names and addresses; about two in five belong to an organization."""
    cultures = people()["culture"]
    taken: set[str] = set()
    found: list[Person] = []
    company: Company | None
    while len(found) < CUSTOMERS:
        if len(found) < 2 * len(companies):
            company = companies[len(found) % len(companies)]
            culture = next(one for one in cultures if one["id"] == company.culture)
        else:
            culture = rng.choices(cultures, [one["share"] for one in cultures])[0]
            near = [one for one in companies if one.culture == culture["id"]]
            company = rng.choice(near) if near and rng.random() < 0.2 else None
        first, last = rng.choice(culture["first"]), rng.choice(culture["last"])
        if first + last not in taken:
            taken.add(first + last)
            one = _person(rng, now, len(found) + 1, culture, company, (first, last))
            if one.email not in taken:
                taken.add(one.email)
                found.append(one)
    return found


def _person(  # noqa: PLR0917  called once
    rng: Random,
    now: datetime,
    number: int,
    culture: dict[str, Any],
    company: Company | None,
    names: tuple[str, str],
) -> Person:
    shown_first, latin_first = _spellings(names[0])
    shown_last, latin_last = _spellings(names[1])
    parts = (shown_last, shown_first) if culture.get("family_first") else (shown_first, shown_last)
    words = people()["customers"]
    domain = company.domain if company else rng.choice(("example.com", "example.org", "example.net"))
    phone = (
        culture["phone"].format(n=number % 100 if "{n:02d}" in culture["phone"] else number)
        if "phone" in culture
        else None
    )
    return Person(
        id=number,
        name=culture.get("joiner", " ").join(parts),
        first=latin_first,
        last=shown_last,
        signed=f"{latin_first} {latin_last}",
        email=f"{_plain(latin_first)}.{_plain(latin_last)}@{domain}",
        phone=phone if company or rng.random() < 0.8 else None,
        city=_spellings(rng.choice(culture["cities"]))[1],
        language=culture["language"],
        zone=culture["zone"],
        tier=company.tier if company else rng.choices(("gold", "silver", ""), (6, 14, 80))[0],
        company=company,
        title=rng.choice(people()["organizations"]["titles"]) if company else "",
        warning=rng.choice(words["warnings"]) if rng.random() < 0.05 else "",
        notes=rng.choice(words["notes"]) if rng.random() < 0.12 else "",
        tags=["b2b"] if company else [rng.choice(words["tags"])] if rng.random() < 0.15 else [],
        created_at=_whole(now - timedelta(days=rng.uniform(61, 900))),
    )


def _spellings(text: str) -> tuple[str, str]:
    """The native spelling and the one in Latin letters."""
    native, _, latin = text.partition("|")
    return native, latin or native


def _plain(text: str) -> str:
    """The letters of a name that every mail system takes."""
    apart = unicodedata.normalize("NFD", text.casefold().translate(_MARKS))
    return re.sub(r"[^a-z]+", "-", re.sub(r"[\u0300-\u036f']", "", apart)).strip("-")


def _whole(instant: datetime) -> datetime:
    return instant.replace(microsecond=0)
