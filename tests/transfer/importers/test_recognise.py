import pytest

from agentdesk.transfer.csv_header import parse_header
from agentdesk.transfer.importers import IMPORTERS, recognise
from agentdesk.transfer.refusals import MissingColumnsError, UnknownSourceError


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("First Name,Last Name,File As,Labels,E-mail 1 - Label,E-mail 1 - Value", "google"),
        ("Name,Given Name,Yomi Name,Group Membership", "google"),
        ("name,email,external_id,details,notes,phone,role,restriction,organization,tags", "zendesk"),
        ("name,email,custom_fields.plan", "zendesk"),
        ("id,name,email,tier,owner,external_id,open_tickets,created_at,updated_at,version", "agentdesk"),
        ("name,email,tags", "plain"),
        ("First Name,Last Name,Primary Email", "plain"),
    ],
)
def test_the_header_tells_the_format_and_the_reason_is_told(header, name):
    importer, why = recognise(parse_header("f", header.split(",")))
    assert IMPORTERS[name] is importer
    assert why.startswith("recognised by its column")


def test_the_caller_may_name_the_format():
    assert recognise(parse_header("f", ["name"]), "zendesk") == (IMPORTERS["zendesk"], "as asked for")
    with pytest.raises(UnknownSourceError, match="auto, google"):
        recognise(parse_header("f", ["name"]), "siebel")


@pytest.mark.parametrize("name", IMPORTERS)
def test_a_table_without_people_is_refused_before_a_row_is_read(name):
    with pytest.raises(MissingColumnsError, match=r"'colour'.*First Name"):
        IMPORTERS[name].plan(parse_header("f", ["colour", "shape"]))
