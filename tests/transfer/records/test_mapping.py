"""A map is refused with the place and the nearest word; columns are known by what they are called; a draft is a start."""

from pathlib import Path

import pytest

from agentdesk.transfer.header import parse_header
from agentdesk.transfer.map_check import check_map
from agentdesk.transfer.maps.toml import MapError
from agentdesk.transfer.records.catalog import KINDS
from agentdesk.transfer.records.draft import write_record_map
from agentdesk.transfer.records.importing import import_records
from agentdesk.transfer.records.mapping import guess_columns, guess_map, parse_record_map, told_columns
from agentdesk.transfer.records.order import RecordImport
from tests.transfer.records.conftest import counts

GOOD = '[order]\nexternal_id = "a"\ncustomer_email = "b"\nat = "c"\n'
SHOP = """Name,Email,Financial Status,Paid at,Currency,Total,Lineitem name,Created at,Id
#1,jo@example.com,paid,2026-03-04,EUR,12.00,Lamp,2026-03-04 10:00:00 +0100,77
"""


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[order", "is not TOML"),
        ("[ordre]\n", "'ordre' is not known. Did you mean 'order'?"),
        (GOOD + 'amuont = "d"\n', "[order]: 'amuont' is not known. Did you mean 'amount'?"),
        (GOOD + "amount = 3\n", "[order] amount: a text in quotes is needed"),
        (GOOD + 'amount = ["d", "e"]\n', "[order] amount: a text in quotes is needed"),
        (GOOD + "summary = [3]\n", "a list of texts in quotes is needed"),
        ('[order]\ncustomer_email = "b"\nat = "c"\n', 'external_id = "COLUMN" is missing'),
        ('[file]\ndecimal = ";"\n' + GOOD, "[file] decimal: ';' is neither"),
        ('[file]\ndates = "%d"\n' + GOOD, "[file] dates: '%d' does not name a day"),
        ('[file]\nzoen = "UTC"\n' + GOOD, "Did you mean 'zone'?"),
        (GOOD + "[values]\nstatus = 3\n", "[values.status]: it is a section of words"),
    ],
)
def test_a_map_that_cannot_be_followed_is_refused_with_the_place(text, told):
    with pytest.raises(MapError) as refused:
        parse_record_map(text, KINDS["orders"], "shop.toml")
    assert str(refused.value).startswith("shop.toml")
    assert told in str(refused.value)


def test_a_word_of_ours_is_one_of_the_list():
    text = '[feedback]\nkind = "=thumbs"\nat = "a"\nscore = "b"\n'
    with pytest.raises(MapError, match=r"\[feedback\] kind: 'thumbs' is none of our words"):
        parse_record_map(text, KINDS["feedback"])
    with pytest.raises(MapError, match=r"\[values.kind\]: 'thumbs'"):
        parse_record_map(
            '[feedback]\nkind = "k"\nat = "a"\nscore = "b"\n[values.kind]\n"x" = "thumbs"\n',
            KINDS["feedback"],
        )


def test_a_column_that_the_file_has_not_is_refused_with_the_nearest(bring):
    rules = '[order]\nexternal_id = "Numbr"\ncustomer_email = "Email"\nat = "Date"\n'
    with pytest.raises(MapError, match=r"'Numbr' is not known\. Did you mean 'Number'"):
        bring("orders", "Number,Email,Date\n1,jo@example.com,2026-01-01\n", rules)


def test_what_is_said_for_every_row_has_to_be_readable(bring):
    rules = '[order]\nexternal_id = "Number"\ncustomer_email = "Email"\nat = "=yesterday"\n'
    with pytest.raises(MapError, match=r"\[order\] at: 'yesterday' is no date"):
        bring("orders", "Number,Email\n1,jo@example.com\n", rules)


def test_the_likeliest_column_is_taken_and_none_twice():
    header = parse_header("f", SHOP.splitlines()[0].split(","))
    assert guess_columns(KINDS["orders"], header) == {
        "external_id": "Name",
        "customer_email": "Email",
        "status": "Financial Status",
        "at": "Created at",
        "amount": "Total",
        "currency": "Currency",
        "summary": "Lineitem name",
    }
    told = told_columns(KINDS["orders"], guess_map(KINDS["orders"], header), header)
    assert told.startswith("Read as orders: Name -> external_id, Email -> customer_email")
    assert told.endswith("kept as they are: Paid at, Id.")


def test_the_kind_of_a_score_may_follow_from_its_column():
    header = parse_header("f", ["date", "NPS Score"])
    assert guess_map(KINDS["feedback"], header).constants == {"kind": "nps"}


@pytest.mark.parametrize("kind", KINDS)
def test_no_two_fields_of_a_kind_have_one_likeliest_name(kind):
    names = [one.name for one in KINDS[kind].fields]
    assert len(names) == len(set(names))
    columns = KINDS[kind].model.model_fields
    assert set(KINDS[kind].people.values()) <= set(columns)
    assert {"external_id", "extra"} <= set(columns)


def test_a_drafted_map_imports_as_the_columns_do(people, tmp_path):
    path, rules = tmp_path / "shop.csv", tmp_path / "shop.toml"
    path.write_text(SHOP)
    text = write_record_map("orders", path, rules)
    assert 'external_id = "Name"' in text
    assert "# Kept with each order as they are: Paid at, Id" in text
    assert counts(import_records(people, RecordImport("orders", path, map=rules))) == (1, 0, 0, 0, 0)
    assert counts(import_records(people, RecordImport("orders", path))) == (0, 0, 1, 0, 0)
    assert check_map(rules)[0] == "orders"


def test_a_draft_leaves_to_a_person_what_only_a_person_knows(tmp_path):
    path, rules = tmp_path / "calls.csv", tmp_path / "calls.toml"
    path.write_text("id,type,start,src,talk\n1,In,03/04/2026 10:00,1,2:00\n2,Lost,04/04/2026 10:00,2,soon\n")
    text = write_record_map("calls", path, rules)
    assert 'dates = "CHOOSE"' in text
    assert '# dates = "%m/%d/%Y %H:%M"' in text
    assert '"In" = "call_in"' in text
    assert '# "Lost" = "WORD"  # which one of call_in, call_out, voicemail?' in text
    assert '[values.talk_seconds]\n"soon" = ""  # nothing' in text
    with pytest.raises(MapError, match="'CHOOSE' does not name a day"):
        parse_record_map(text, KINDS["calls"])
    with pytest.raises(MapError, match="there is such a file already"):
        write_record_map("calls", path, rules)


def test_a_map_has_the_section_of_one_kind(tmp_path):
    path = tmp_path / "map.toml"
    for text in ("[file]\n", GOOD + "[call]\n", "[order"):
        path.write_text(text)
        with pytest.raises(MapError):
            check_map(path)
    path.write_text('[ticket]\nexternal_id = "a"\ncreated_at = "b"\n')
    assert check_map(path)[0] == "tickets"
    with pytest.raises(MapError, match="cannot be read"):
        check_map(Path("nowhere.toml"))
