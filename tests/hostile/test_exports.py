"""The hostile desk leaves in every format: each text is whole, and nothing in it is a formula."""

import csv
import io
import json
import re
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from agentdesk.desk import Desk
from agentdesk.domain.safe_text import spreadsheet_unguard
from agentdesk.domain.vocabulary import Origin
from agentdesk.queries.exports import LISTINGS
from agentdesk.queries.exports.listing import Kind
from agentdesk.transfer.contacts.file import open_contacts
from agentdesk.transfer.exporters import EXPORTERS
from agentdesk.transfer.exporters.cells import GLUE
from agentdesk.transfer.exporters.protocol import Style
from agentdesk.transfer.exports import Export, export_records
from agentdesk.transfer.importers import recognise
from agentdesk.transfer.rows import Fault
from tests.hostile.store import World, settings_of

TRIGGER = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n\0]")
NUMBER = re.compile(r"\+?[0-9][0-9 ().]*")
FLAT = {Kind.TAGS: ",".join, Kind.LIST: GLUE.join}
NOUNS = sorted(LISTINGS)


def written(world: World, what: str, form: str, **style: bool) -> bytes:
    desk = Desk.open(settings_of(world.place), origin=Origin.CLI)
    try:
        out = BytesIO()
        export_records(desk, Export(what), form, out, Style(**style))
        return out.getvalue()
    finally:
        desk.close()


def as_json(world: World, what: str) -> list[dict]:
    return [json.loads(one) for one in written(world, what, "jsonl").decode().splitlines()]


def as_csv(world: World, what: str, **style: bool) -> list[dict]:
    text = written(world, what, "csv", **style).decode("utf-8-sig" if style.get("has_mark") else "utf-8")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def plain(value: object, kind: Kind) -> str:
    """A value of JSON as a cell has it."""
    if value is None or value == {}:
        return ""
    if kind in FLAT:
        return FLAT[kind](value)
    if kind is Kind.OBJECT:
        return json.dumps(value, ensure_ascii=False)
    return str(value).lower() if kind is Kind.FLAG else str(value)


@pytest.mark.parametrize("what", NOUNS)
def test_csv_gives_back_every_text_once_its_guard_is_taken_off(what, sampled):
    kinds = {column.key: column.kind for column in LISTINGS[what].columns}
    told = [{key: plain(value, kinds[key]) for key, value in row.items()} for row in as_json(sampled, what)]
    found = [{key: spreadsheet_unguard(cell) for key, cell in row.items()} for row in as_csv(sampled, what)]
    assert found == told
    assert as_csv(sampled, what, is_raw=True) == told
    assert told or what in {"orders", "feedback", "calls"}


@pytest.mark.parametrize("what", NOUNS)
def test_no_text_of_a_csv_begins_a_formula(what, sampled):
    kinds = {column.key: column.kind for column in LISTINGS[what].columns}
    bad = [
        (key, cell)
        for row in as_csv(sampled, what, has_mark=True)
        for key, cell in row.items()
        if kinds[key] is not Kind.NUMBER and TRIGGER.match(cell) and not NUMBER.fullmatch(cell)
    ]
    assert bad == []


@pytest.mark.parametrize("what", NOUNS)
def test_every_text_of_a_workbook_is_a_text(what, sampled):
    columns = LISTINGS[what].columns
    sheet = openpyxl.load_workbook(BytesIO(written(sampled, what, "xlsx"))).active
    wanted = {Kind.NUMBER: "n", Kind.FLAG: "b", Kind.INSTANT: "d"}
    told = as_json(sampled, what)
    assert [cell.value for cell in sheet[1]] == [column.key for column in columns]
    assert sheet.max_row == len(told) + 1
    for row, record in zip(sheet.iter_rows(min_row=2), told, strict=True):
        for cell, column in zip(row, columns, strict=False):
            if cell.value is not None:
                assert cell.data_type == wanted.get(column.kind, "s")
            if column.kind is Kind.TEXT:
                assert unescaped(cell.value) == (record[column.key] or "")


def unescaped(text: str | None) -> str:
    return re.sub(r"_x([0-9A-F]{4})_", lambda found: chr(int(found[1], 16)), text or "")


@pytest.mark.parametrize("form", sorted(EXPORTERS))
@pytest.mark.parametrize("what", NOUNS)
def test_two_exports_of_one_store_are_the_same_bytes(what, form, sampled):
    assert written(sampled, what, form) == written(sampled, what, form)


def test_json_and_json_lines_hold_the_same(sampled):
    for what in NOUNS:
        raw = written(sampled, what, "json")
        assert raw.isascii()
        assert json.loads(raw) == as_json(sampled, what)


def test_an_export_of_contacts_is_recognised_and_read_back_whole(sampled, tmp_path):
    path = tmp_path / "contacts.csv"
    path.write_bytes(written(sampled, "contacts", "csv"))
    told = as_json(sampled, "contacts")
    with open_contacts(path) as file:
        assert recognise(file.table.header)[0].NAME == "agentdesk"
        found = list(file.records())
    for record, row in zip(found, told, strict=True):
        if "\0" in row["name"]:  # no table is read with one; the row is rejected, and told
            assert isinstance(record, Fault)
            continue
        assert record.title == row["title"].strip()
        assert record.notes == row["notes"].strip()
        assert record.external_id == row["external_id"].strip()


@pytest.mark.slow
@pytest.mark.parametrize("what", NOUNS)
def test_drill_every_string_leaves_and_comes_back(what, whole):
    test_csv_gives_back_every_text_once_its_guard_is_taken_off(what, whole)
    test_no_text_of_a_csv_begins_a_formula(what, whole)
    test_every_text_of_a_workbook_is_a_text(what, whole)


def test_threads_hold_no_heading_or_link_of_a_stranger(sampled, tmp_path):
    from agentdesk.transfer.tickets.threads import write_threads
    from tests.terminal import forbidden_sequences

    desk = Desk.open(settings_of(sampled.place), origin=Origin.CLI)
    out = BytesIO()
    done = write_threads(desk, Export("tickets"), out)
    desk.close()
    text = out.getvalue().decode()
    heads = [one for one in text.split("\n") if one.startswith("#")]
    assert sum(one.startswith("# T-") for one in heads) == done.count == len(sampled.subjects) + 1
    assert all(one.startswith(("# T-", "## 20")) for one in heads)
    assert forbidden_sequences(out.getvalue(), allowed=(), controls="\n") == []
    assert Path(sampled.place).exists()
