"""A drafted map says what it knows, leaves what it cannot know to a person, and never overwrites."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.transfer.exporters.protocol import Style
from agentdesk.transfer.exports import Export, export_records
from agentdesk.transfer.maps.fields import WORDS, words_of
from agentdesk.transfer.maps.words import guess_word
from agentdesk.transfer.tickets.importing import import_tickets
from agentdesk.transfer.tickets.map import MapError, parse_map
from agentdesk.transfer.tickets.map_writing import write_map
from agentdesk.transfer.tickets.opening import TicketImport

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"
LOG = """number,incident_state,priority,sys_updated_at,opened_at,caller_id,room
I1,New,1 - Critical,13/2/2016 10:00,13/2/2016 09:00,Ann,?
I1,Awaiting Vendor,1 - Critical,13/2/2016 11:00,13/2/2016 09:00,Ann,?
I1,Resolved,3 - Moderate,14/2/2016 11:00,13/2/2016 09:00,Ann,7
I2,New,,14/2/2016 11:00,14/2/2016 09:00,Bo,?
I2,Frozen,2 - High,15/2/2016 11:00,14/2/2016 09:00,Bo,?
"""


def _draft(tmp_path: Path, text: str, name: str = "tracker export.csv") -> str:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return _write(path, tmp_path)


def _write(path: Path, folder: Path) -> str:
    write_map(TicketImport(path, None), folder / "map.toml")
    return (folder / "map.toml").read_text(encoding="utf-8")


def test_columns_words_and_dates_are_guessed_from_what_is_there(tmp_path: Path) -> None:
    text = _draft(tmp_path, LOG.replace("Frozen", "Active"))
    rules = parse_map(text)
    assert rules.is_log
    assert rules.at == "sys_updated_at"
    assert rules.file.dates == "%d/%m/%Y %H:%M"
    assert rules.file.source == "tracker"
    assert rules.file.empty == {"", "?"}
    assert rules.columns["customer"] == ("caller_id",)
    assert rules.words["status"] == {
        "new": "new", "awaiting vendor": "on_hold", "resolved": "solved", "active": "open"
    }  # fmt: skip
    assert rules.words["priority"] == {
        "1 - critical": "urgent", "2 - high": "high", "3 - moderate": "normal", "": "normal"
    }  # fmt: skip
    assert "room" in text.splitlines()[-1]


def test_a_word_nothing_is_known_of_keeps_the_map_from_being_used(tmp_path: Path) -> None:
    text = _draft(tmp_path, LOG)
    assert '"Frozen" = ""  # which one?' in text
    with pytest.raises(MapError, match=r"\[values.status\]"):
        parse_map(text)


def test_dates_that_fit_day_first_and_month_first_are_left_to_a_person(tmp_path: Path) -> None:
    text = _draft(tmp_path, "id,created\n1,3/4/2016 10:00\n2,5/6/2016 11:00\n")
    assert '# dates = "%d/%m/%Y %H:%M"' in text
    assert '# dates = "%m/%d/%Y %H:%M"' in text
    with pytest.raises(MapError, match=r"\[file\] dates"):
        parse_map(text)


def test_names_of_columns_cannot_break_out_of_the_draft(tmp_path: Path) -> None:
    text = _draft(
        tmp_path, 'id,created,status,"odd ""name""\n[x]"\n1,2016-01-01,"a""b\\c",1\n', name='x"y.csv'
    )
    assert 'a\\"b\\\\c' in text
    with pytest.raises(MapError, match=r"\[values.status\]"):
        parse_map(text)


def test_a_map_that_is_there_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "map.toml").write_text("mine")
    with pytest.raises(MapError, match="already"):
        _draft(tmp_path, LOG)
    assert (tmp_path / "map.toml").read_text() == "mine"


@given(st.sampled_from(sorted(WORDS)), st.text(max_size=30))
def test_a_guess_is_one_of_our_words_or_none(field: str, foreign: str) -> None:
    assert guess_word(field, foreign) in {"", *words_of(field)}


@pytest.mark.skipif(not SHARED.is_dir(), reason="the sample exports are not beside the project")
@pytest.mark.parametrize(
    ("name", "dates", "is_log"),
    [
        ("incidents/servicenow_events_sample_400.csv", "%d/%m/%Y %H:%M", True),
        ("incidents/servicenow_tickets_sample_400.csv", "iso", False),
        ("tickets/nyc311-100.csv", "%m/%d/%Y %I:%M:%S %p", False),
        ("tickets/NYC311-5.ssv", "%m/%d/%Y %I:%M:%S %p", False),
    ],
)
def test_a_draft_of_a_real_export_can_be_used(tmp_path: Path, name: str, dates: str, is_log: bool) -> None:
    rules = parse_map(_write(SHARED / name, tmp_path))
    assert (rules.file.dates, rules.is_log) == (dates, is_log)
    assert {"external_id", "status", "created_at", "closed_at"} <= rules.columns.keys()


def test_a_word_that_comes_late_in_a_long_file_is_in_the_draft(tmp_path: Path) -> None:
    rows = "".join(f"I{n},New,2026-01-05\n" for n in range(25_000))
    rules = parse_map(_draft(tmp_path, f"number,state,opened\n{rows}I25001,Closed,2026-01-06\n"))
    assert rules.words["status"] == {"new": "new", "closed": "closed"}
    assert not rules.is_log


def test_a_draft_says_where_it_stopped_looking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("agentdesk.transfer.maps.look.MOST_ROWS", 3)
    assert "Only its first 3 rows were looked at" in _draft(tmp_path, LOG)
    monkeypatch.setattr("agentdesk.transfer.maps.look.MOST_ROWS", 5)
    (tmp_path / "map.toml").unlink()
    assert "rows were looked at" not in _draft(tmp_path, LOG)


def test_a_draft_in_which_no_column_was_understood_says_so(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("qwe,asd\n1,2\n", encoding="utf-8")
    assert "no column of x.csv was understood" in write_map(TicketImport(path, None), tmp_path / "map.toml")


def test_a_draft_of_our_own_export_needs_no_change_and_keeps_its_source(desk: Desk, tmp_path: Path) -> None:
    with desk.change() as change:
        services.create_ticket(change, subject="Dark lamp", body="It is dark.")
    path = tmp_path / "march.csv"
    with path.open("wb") as out:
        export_records(desk, Export("tickets"), "csv", out, Style())
    rules = parse_map(_write(path, tmp_path))
    assert rules.file.source == "agentdesk"
    for name in ("organization", "first_replied_at", "last_reply_at", "last_message_at", "reply_count"):
        assert rules.columns[name] == (name,)


def test_a_word_that_a_draft_leaves_open_stays_with_its_ticket(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "tracker.csv"
    path.write_text(
        "number,status,priority,type,channel,opened,resolved,closed code\n"
        "1,solved,low,question,phone,2026-01-01,2026-01-02,code 5\n"
    )
    rules = parse_map(_write(path, tmp_path))
    result = import_tickets(desk, TicketImport(path, rules))
    assert "'code 5'" in " ".join(result.notes)
    with desk.read() as read:
        ((code, extra),) = read.tuples("SELECT resolution_code, extra FROM ticket")
    assert code is None
    assert (json.loads(extra) if isinstance(extra, str) else extra) == {"closed code": "code 5"}
