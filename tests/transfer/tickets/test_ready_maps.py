"""Ready maps are whole maps, told apart by columns, and what a map may say besides is checked like the rest of it."""

import re
from pathlib import Path

import pytest

from agentdesk.cli import ticket_imports
from agentdesk.transfer.header import parse_header
from agentdesk.transfer.tickets.map import MapError, parse_map
from agentdesk.transfer.tickets.sources import ready_maps, recognise, source_names
from tests.transfer.tickets.help_desks import OSTICKET, ZENDESK_CSV

ROOT = Path(__file__).resolve().parents[3]
SMALL = '[ticket]\nexternal_id = "id"\ncreated_at = "at"\n'


def test_every_ready_map_can_be_followed_and_skips_what_a_file_has_not() -> None:
    assert len(ready_maps()) >= 8
    for one in ready_maps():
        assert one.rules.file.system, one.name
        assert one.rules.file.skip_missing, one.name
        assert one.rules.file.source != "import", one.name


def test_no_two_ready_maps_are_known_by_the_same_columns() -> None:
    for one in ready_maps():
        header = parse_header("a file", one.columns)
        found, why = recognise(header)
        assert found is one
        assert one.title in why


def test_every_system_is_offered_and_described() -> None:
    help_text = ticket_imports.import_tickets.__annotations__["source"].__metadata__[0].help
    described = (ROOT / "docs" / "moving-in.md").read_text(encoding="utf-8")
    for one in ready_maps():
        assert one.rules.file.source in help_text
        assert one.rules.file.system in described
    assert set(source_names()) == set(re.findall(r"[a-z0-9]+", help_text)) - {"auto", "or"}


def test_the_example_for_a_new_system_can_be_followed() -> None:
    told = (
        Path(ticket_imports.__file__).parents[1] / "transfer" / "tickets" / "sources" / "README.md"
    ).read_text("utf-8")
    rules = parse_map(told.partition("```toml\n")[2].partition("```")[0])
    assert rules.messages is not None
    assert (rules.file.system, rules.messages.list, rules.messages.html) == ("Lantern", "talk", ("rich",))


def test_a_header_of_one_system_is_not_that_of_another() -> None:
    for text, source in ((ZENDESK_CSV, "zendesk"), (OSTICKET, "osticket")):
        header = parse_header("a file", text.partition("\n")[0].split(","))
        found, _ = recognise(header)
        assert found is not None
        assert found.rules.file.source == source


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ('[messages]\nlist = "x"', r'\[messages\]: at = "KEY" is missing'),
        ('[messages]\nlist = "x"\nat = "t"\ntxt = "y"', "Did you mean 'text'"),
        ('[messages]\nlist = "x"\nat = "t"\nsenders = { A = "boss" }', "none of our words"),
        ('[messages]\nlist = "x"\nat = "t"\nsenders = "A"', "section of words"),
        ('[[said]]\nat = "t"', r'text = "COLUMN" is missing'),
        ('[[said]]\ntext = "t"\ninternal = "yes"', "true or false"),
        ("[[said]]\ntext = 7", "list of texts"),
        ('[said]\ntext = "t"', "two brackets"),
        ('[beside]\nboss = "users"', "'boss' is not known"),
        ("[file]\nskip_missing = 1", "true or false"),
        ('[values.status]\n"*" = "gone"', "none of our words"),
    ],
)
def test_what_a_map_says_wrongly_is_refused_with_its_place(more: str, told: str) -> None:
    with pytest.raises(MapError, match=told):
        parse_map(SMALL + more)
