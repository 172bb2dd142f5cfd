import random

import pytest

from agentdesk.cli.imports import SOURCES
from agentdesk.transfer.header import parse_header
from agentdesk.transfer.importers import AUTO, IMPORTERS, recognise
from agentdesk.transfer.importers.columns import Columns
from agentdesk.transfer.refusals import MissingColumnsError, UnknownSourceError
from tests.transfer.importers.headers import HEADERS, UNSIGNED

SEEDS = range(20)


def verdict(names: list[str]) -> str:
    importer, why = recognise(parse_header("f", names))
    assert why.startswith("recognised by its column")
    return importer.NAME


def without(names: list[str], seed: int, signs: str = "") -> list[str]:
    """The columns in another order, with up to a fifth of them missing, but never the first `must` of a sign."""
    dice = random.Random(seed)
    left = [name for name in names if name]
    dice.shuffle(left)
    for _ in range(len(left) // 5):
        left.remove(dice.choice([name for name in left if name.casefold() not in signs.casefold()]))
    return left


@pytest.mark.parametrize(("name", "header"), HEADERS.values(), ids=HEADERS)
def test_each_header_is_taken_for_its_own_system_and_no_other(name, header):
    assert verdict(header.split(",")) == name


@pytest.mark.parametrize(("name", "header"), HEADERS.values(), ids=HEADERS)
def test_the_order_of_the_columns_does_not_matter(name, header):
    for seed in SEEDS:
        names = header.split(",")
        random.Random(seed).shuffle(names)
        assert verdict(names) == name


@pytest.mark.parametrize(("name", "header"), HEADERS.values(), ids=HEADERS)
def test_columns_may_be_missing_but_never_make_it_another_system(name, header):
    must = " | ".join(sign.must for sign in getattr(IMPORTERS[name], "FORMAT", Columns((), {})).signs)
    for seed in SEEDS:
        names = without(header.split(","), seed, must)
        assert verdict(names) in {name, "plain"}
        if len(names) > 10 and name != "agentdesk":
            assert verdict(names) == name


@pytest.mark.parametrize("header", UNSIGNED)
def test_a_header_that_anybody_could_write_is_a_plain_table(header):
    assert verdict(header.split(",")) == "plain"


@pytest.mark.parametrize(("name", "header"), HEADERS.values(), ids=HEADERS)
def test_no_column_of_a_known_header_is_lost(name, header):
    parsed = parse_header("f", header.split(","))
    plan = IMPORTERS[name].plan(parsed)
    used = {plan.name, *plan.name_parts, plan.organization, plan.title, plan.external_id, plan.language}
    used |= {plan.time_zone, plan.tags, *plan.notes, *(plan.address or ())}
    used |= {place for way in (*plan.emails, *plan.phones) for place in way[:2]}
    used |= {place for place, _ in plan.extra}
    lost = {parsed.names[place] for place in range(len(parsed.names)) if place not in used} - {""}
    own = {"id", "tier", "owner", "open_tickets", "created_at", "updated_at", "version"}
    assert lost <= (own if name == "agentdesk" else set())
    assert not any("fax" in parsed.names[way.place].casefold() for way in plan.phones)


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (
            "First Name,Last Name,Email,Record ID,Create Date",
            "its columns Record ID, Last Name and Create Date",
        ),
        ("name,email,custom_fields.plan", "its columns name, email and custom_fields.plan"),
        ("E-mail 1 - Value", "its column E-mail 1 - Value"),
        ("Phone", "its column Phone"),
    ],
)
def test_the_reason_names_the_columns_that_told(names, words):
    assert recognise(parse_header("f", names.split(",")))[1] == f"recognised by {words}"


def test_the_command_line_names_them_all():
    assert set(SOURCES.replace(" or ", ", ").split(", ")) == {AUTO, *IMPORTERS}


def test_the_caller_may_name_the_format():
    assert recognise(parse_header("f", ["name"]), "zendesk") == (IMPORTERS["zendesk"], "as asked for")
    with pytest.raises(UnknownSourceError, match="auto, google"):
        recognise(parse_header("f", ["name"]), "siebel")


@pytest.mark.parametrize("name", IMPORTERS)
def test_a_table_without_people_is_refused_before_a_row_is_read(name):
    with pytest.raises(MissingColumnsError, match=r"'colour'.*First Name"):
        IMPORTERS[name].plan(parse_header("f", ["colour", "shape"]))
