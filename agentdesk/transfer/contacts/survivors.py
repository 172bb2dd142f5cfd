"""Whose word stands where a file and the desk both know a customer: `name=desk,phone=fill,*=file`, field by field.

`file` lets the file win wherever its cell is filled, `fill` takes its word only where ours is empty, `desk` keeps ours as
it is. Of addresses, numbers and tags, which one may have many of, `fill` adds and leaves ours first. An external id is an
identity and asks no rule. A customer that the file itself makes has no word of ours yet.
"""

from collections.abc import Mapping
from typing import Final

from agentdesk.domain.errors import InvalidValueError

FILE: Final = "file"
FILL: Final = "fill"
DESK: Final = "desk"
SIDES: Final = (FILE, FILL, DESK)
SURVIVOR_FIELDS: Final = (
    "name",
    "email",
    "phone",
    "organization",
    "title",
    "language",
    "time_zone",
    "notes",
    "tags",
    "extra",
)
"""What a rule can be about; `extra` is every column without a field of its own."""
EVERY: Final = "*"

Sides = Mapping[str, str]
"""The side of each field; every one of `SURVIVOR_FIELDS` is there."""
FILE_WINS: Final[Sides] = dict.fromkeys(SURVIVOR_FIELDS, FILE)


def parse_survivors(text: str) -> Sides:
    """The rules of `--survivor`, all fields filled in.

    Args:
        text: `field=side` pairs between commas; `*` is every field that is not named. Empty: the file wins.

    Raises:
        InvalidValueError: a field or a side there is none of.
    """
    told: dict[str, str] = {}
    for pair in filter(None, (one.strip() for one in text.split(","))):
        field, _, side = (part.strip() for part in pair.partition("="))
        if field != EVERY and field not in SURVIVOR_FIELDS:
            raise InvalidValueError("survivor", pair, [*SURVIVOR_FIELDS, EVERY], "Say: name=desk,*=file")
        if side not in SIDES:
            raise InvalidValueError(f"survivor of {field}", side, SIDES)
        told[field] = side
    rest = told.pop(EVERY, FILE)
    return {field: told.get(field, rest) for field in SURVIVOR_FIELDS}


def survivors_text(sides: Sides) -> str:
    """The shortest rule that says the same; empty where the file wins everywhere."""
    return ",".join(f"{field}={side}" for field, side in sides.items() if side != FILE)
