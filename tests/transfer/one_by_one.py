"""The rules of the import of contacts said again, slowly: a list of customers, one row after the other."""

from agentdesk.domain.identity import name_key, normalise_phone
from agentdesk.transfer.contact_record import ContactRecord

TEXTS = ("title", "notes")


def apply(
    people: list[dict],
    rows: list[ContactRecord],
    *,
    clears: bool = False,
    on_match: str = "update",
    sides: dict[str, str] | None = None,
):
    """Change `people` as the rows say; return created, updated, unchanged, duplicates, rejected."""
    counts = dict.fromkeys(("created", "updated", "unchanged", "duplicates", "rejected"), 0)
    touched: list[dict] = []
    made: list[dict] = []
    for row in rows:
        verdict, person = find(people, row)
        is_only_an_id = person is None and not (row.name or row.emails or row.phones)
        if (
            verdict == "conflict"
            or (person and person not in touched and on_match == "fail")
            or is_only_an_id
        ):
            counts["rejected"] += 1
        elif person is None:
            person = make(row)
            people.append(person)
            touched.append(person)
            made.append(person)
            counts["created"] += 1
        elif any(person is one for one in touched):
            counts["duplicates"] += 1
            if any(person is one for one in made):
                write(person, row, FILLS)
            elif on_match == "update":
                write(person, row, lambda field: "desk" if side(sides, field) == "desk" else "fill")
        else:
            touched.append(person)
            before = repr(person)
            if on_match == "update":
                write(person, row, lambda field: side(sides, field))
                if clears:
                    empty(person, row, sides)
            counts["unchanged" if repr(person) == before else "updated"] += 1
    return tuple(counts.values())


def side(sides: dict[str, str] | None, field: str) -> str:
    return (sides or {}).get(field, "file")


def FILLS(_field: str) -> str:  # noqa: N802  a constant that is asked
    return "fill"


def find(people: list[dict], row: ContactRecord):
    by_email = [one for one in people if set(row.email_keys) & keys(one, "email")]
    by_id = [one for one in people if row.external_id and one["external_id"] == row.external_id]
    owners = by_email + [one for one in by_id if not any(one is other for other in by_email)]
    if len(owners) > 1:
        return "conflict", None
    if owners:
        return "found", owners[0]
    numbers = {phone_key(number) for number, _ in row.phones}
    if not numbers:
        return "found", by_name(people, row)
    owners = [one for one in people if numbers & keys(one, "phone")]
    fitting = [one for one in owners if fits(one, row)]
    if len(fitting) == 1 and (row.name or len(owners) == 1):
        return "found", fitting[0]
    if row.emails or row.external_id:
        return "found", None
    same = [one for one in fitting if says_the_same(one, row) and keys(one, "phone") >= numbers]
    bare = [one for one in same if not one["email"] and not one["external_id"]]
    return "found", (bare or same or [None])[0]


def by_name(people: list[dict], row: ContactRecord):
    if row.emails or row.external_id:
        return None
    for one in people:
        if one["ways"] or one["external_id"]:
            continue
        if one["name_key"] == name_key(row.name) and name_key(one["organization"] or "") == name_key(
            row.organization
        ):
            return one
    return None


def fits(person: dict, row: ContactRecord) -> bool:
    if row.emails and person["email"]:
        return False
    if row.external_id and person["external_id"]:
        return False
    return not row.name or is_nameless(person) or person["name_key"] == name_key(row.name)


def says_the_same(person: dict, row: ContactRecord) -> bool:
    if row.name:
        return person["name_key"] == name_key(row.name)
    return is_nameless(person) and not person["email"] and not person["external_id"]


def is_nameless(person: dict) -> bool:
    return person["name"] == person["external_id"] or any(person["name"] == way[1] for way in person["ways"])


def make(row: ContactRecord) -> dict:
    first_phone = row.phones[0][0] if row.phones else None
    name = row.name or (row.emails or (first_phone or row.external_id,))[0]
    person = {
        "external_id": row.external_id or None,
        "name": name,
        "name_key": name_key(name),
        "email": None,
        "phone": None,
        "organization": None,
        "title": "",
        "notes": "",
        "tags": [],
        "extra": {},
        "ways": [],
    }
    write(person, row, FILLS)
    return person


def write(person: dict, row: ContactRecord, side_of) -> None:  # noqa: C901, PLR0912  every field in its turn
    """`file` says it anew, `fill` says it where there is nothing, `desk` says nothing."""

    def takes(field: str, ours: object) -> bool:
        return side_of(field) == "file" or (side_of(field) == "fill" and not ours)

    if row.name and takes("name", not is_nameless(person)):
        person["name"], person["name_key"] = row.name, name_key(row.name)
    identify(person, row.external_id)
    for name in TEXTS:
        if getattr(row, name) and takes(name, person[name]):
            person[name] = getattr(row, name)
    if row.organization and takes("organization", person["organization"] is not None):
        known = person["organization"]
        if known is None or name_key(known) != name_key(row.organization):
            person["organization"] = row.organization
    if side_of("email") != "desk":
        for place, (value, key) in enumerate(zip(row.emails, row.email_keys, strict=True)):
            reach(person, "email", value, key, "", first=place == 0 and takes("email", person["email"]))
    if side_of("phone") != "desk":
        for place, (value, label) in enumerate(row.phones):
            first = place == 0 and takes("phone", person["phone"])
            reach(person, "phone", value, phone_key(value), label, first=first)
    if side_of("tags") != "desk":
        person["tags"] += [tag for tag in row.tags if tag not in person["tags"]]
    if side_of("extra") != "desk":
        for key, value in extra(row).items():
            if side_of("extra") == "file" or key not in person["extra"]:
                person["extra"][key] = value


def identify(person: dict, external_id: str) -> None:
    if external_id and person["external_id"] is None:
        person["external_id"] = external_id
    elif external_id and external_id != person["external_id"]:
        others = person["extra"].setdefault("other_external_ids", [])
        if external_id not in others:
            others.append(external_id)


def reach(person: dict, kind: str, value: str, key: str, label: str, *, first: bool) -> None:
    if key in keys(person, kind):
        return
    if first:
        person["ways"] = [(*way[:4], way[4] and way[0] != kind) for way in person["ways"]]
        person[kind] = key if kind == "email" else value
    person["ways"].append((kind, value, key, label, first))


def empty(person: dict, row: ContactRecord, sides: dict[str, str] | None) -> None:
    for name in TEXTS:
        if side(sides, name) == "file":
            person[name] = getattr(row, name)
    if not row.organization and side(sides, "organization") == "file":
        person["organization"] = None
    if not row.tags and side(sides, "tags") == "file":
        person["tags"] = []
    if side(sides, "extra") == "file":
        filled = extra(row)
        for key in ("city", "shoe size"):
            if key not in filled:
                person["extra"].pop(key, None)


def extra(row: ContactRecord) -> dict[str, str]:
    city = {"city": row.address.city} if row.address and row.address.city else {}
    return {**city, **row.extra}


def phone_key(number: str) -> str:
    return normalise_phone(number) or number


def keys(person: dict, kind: str) -> set[str]:
    return {way[2] for way in person["ways"] if way[0] == kind}
