"""Records out of a desk, on both databases: what is asked for, all of it, in the order of ids, for those who may."""

import csv
import errno
import gc
import io
import json
import os
import shutil
import stat
import tempfile
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.domain.actor import Actor
from agentdesk.domain.clock import FixedClock
from agentdesk.domain.errors import NotPermittedError
from agentdesk.domain.events import Event
from agentdesk.domain.query.errors import QueryError
from agentdesk.domain.vocabulary import Origin, Role
from agentdesk.models import ContactPoint, Feedback, Order
from agentdesk.queries.exports import LISTINGS
from agentdesk.queries.exports.listing import Column, Kind
from agentdesk.settings import Settings
from agentdesk.store import reader
from agentdesk.store.store import Store
from agentdesk.transfer.exporters import EXPORTERS, to_xlsx
from agentdesk.transfer.exporters.protocol import Sheet, Style
from agentdesk.transfer.exports import NO_ORDER, Export, Exported, export_records
from agentdesk.transfer.new_file import FileNotWrittenError, new_file
from agentdesk.transfer.readers.sources import open_source
from agentdesk.transfer.readers.tables import open_table
from agentdesk.transfer.tickets.importing import TicketImport, import_tickets
from agentdesk.transfer.tickets.map_writing import write_map
from agentdesk.transfer.tickets.threads import write_folder, write_threads
from tests.conftest import NOW, open_desk
from tests.hostile.strings import naughty_strings
from tests.queries.world import build
from tests.transfer.stock import bring_in, counts, write_table


def out_of(desk: Desk, what: str, query: str = "", form: str = "jsonl", **style: bool) -> bytes:
    out = BytesIO()
    export_records(desk, Export(what, query), form, out, Style(**style))
    return out.getvalue()


def rows(desk: Desk, what: str, query: str = "") -> list[dict]:
    return [json.loads(line) for line in out_of(desk, what, query).decode().splitlines()]


@pytest.fixture
def full(desk) -> Desk:
    """A desk with something of every noun."""
    build(desk, size=30)
    with desk.change() as change:
        services.edit_customer(
            change, 1, {"organization": "Acme", "phone": "+44 20 7946 0001", "tags": ["vip"]}
        )
        services.log_interaction(change, 1, kind="call_in", summary="rang")
        services.log_interaction(change, 1, kind="visit", summary="came by")
        services.add_article(change, title="Refunds", body="How to")
        change.record(
            Event.CUSTOMER_CHANGED, change.add(Feedback(customer_id=1, kind="csat", at=NOW, score=4))
        )
        change.record(
            Event.CUSTOMER_CHANGED,
            change.add(Order(customer_id=2, at=NOW, amount_minor=-1250, currency="EUR", source="shop")),
        )
    return desk


@pytest.mark.parametrize("what", sorted(LISTINGS))
def test_everything_is_exported_by_id_whatever_fits_in_one_list(what, full, monkeypatch):
    monkeypatch.setattr(reader, "WALK_ROWS", 7)
    listing = LISTINGS[what]
    with full.read() as read:
        only = f"WHERE {listing.only}" if listing.only else ""
        wanted = [one for (one,) in read.tuples(f"SELECT id FROM {listing.table} {only} ORDER BY id")]
    assert [row["id"] for row in rows(full, what)] == wanted
    assert wanted
    for form in EXPORTERS:
        assert out_of(full, what, form=form) == out_of(full, what, form=form)


def test_both_databases_write_the_same_kinds_of_values(full):
    (ticket, *_), (order,) = rows(full, "tickets"), rows(full, "orders")
    assert isinstance(ticket["tags"], list)
    assert isinstance(ticket["is_spam"], bool)
    assert isinstance(ticket["extra"], dict)
    assert order["amount_minor"] == -1250
    assert order["at"] == "2026-03-03T08:30:00+00:00"
    assert order["customer_email"] == "bo@x.test"


def test_a_question_narrows_each_noun_to_what_belongs_to_its_answer(full):
    tickets = {row["id"] for row in rows(full, "tickets", "customer:ana@x.test is:open")}
    assert 0 < len(tickets) < 30
    assert {row["ticket_id"] for row in rows(full, "messages", "customer:ana@x.test is:open")} <= tickets
    assert {row["ticket_id"] for row in rows(full, "journal", "customer:ana@x.test is:open")} == tickets
    assert [row["name"] for row in rows(full, "contacts", "organization:Acme")] == ["Ana Café"]
    assert [row["summary"] for row in rows(full, "calls", "organization:Acme")] == ["rang"]
    assert rows(full, "orders", "organization:Acme") == []
    assert [row["score"] for row in rows(full, "feedback", "organization:Acme")] == [4]
    assert [row["ref"] for row in rows(full, "articles", "refunds")] == ["KB-1"]
    assert rows(full, "articles", "parcel") == rows(full, "organizations", "parcel") == []
    assert [row["name"] for row in rows(full, "organizations", "acme")] == ["Acme"]


def test_what_is_no_question_is_refused_and_an_order_is_told_to_be_passed_over(full):
    with pytest.raises(QueryError):
        out_of(full, "tickets", "is:opn")
    done = export_records(full, Export("tickets", "sort:due"), "csv", BytesIO(), Style())
    assert (done.count, done.notes) == (30, (NO_ORDER,))


@pytest.mark.parametrize("role", Role)
def test_leads_and_admins_export_and_nobody_else(role, sqlite_desk):
    sqlite_desk.actor = Actor(1, "ana", "Ana", role)
    if role in (Role.LEAD, Role.ADMIN):
        assert out_of(sqlite_desk, "contacts") == b""
        return
    with pytest.raises(NotPermittedError, match="may not export data"):
        out_of(sqlite_desk, "contacts")


def test_what_leaves_the_house_has_no_internal_notes(sqlite_desk):
    with sqlite_desk.change() as change:
        ticket = services.create_ticket(change, subject="x", body="hello")
        services.add_note(change, ticket.id, "between us")
    out, threads = BytesIO(), BytesIO()
    export_records(sqlite_desk, Export("messages", public_only=True), "csv", out, Style())
    write_threads(sqlite_desk, Export("tickets", public_only=True), threads)
    for text in (out.getvalue(), threads.getvalue()):
        assert b"hello" in text
        assert b"between us" not in text
    assert [row["visibility"] for row in rows(sqlite_desk, "messages")] == ["public", "internal"]


def test_a_thread_is_a_page_with_its_messages_in_their_order(desk):
    with desk.change() as change:
        customer = services.create_customer(change, name="Jo Doe", email="jo@x.test")
        ticket = services.create_ticket(
            change, subject="*Late* parcel", customer_id=customer.id, body="# Hello\n\n[x](http://y)"
        )
        services.add_note(change, ticket.id, "call them")
    out = BytesIO()
    assert write_threads(desk, Export("tickets"), out) == Exported(1, "tickets")
    text = out.getvalue().decode()
    assert text.startswith("# T-1001 \\*Late\\* parcel\n\n- Customer: Jo Doe (jo@x.test)\n- Status: new\n")
    assert "\n    # Hello\n\n    [x](http://y)\n" in text
    assert text.index("Jo Doe · other") < text.index("Ana · other · internal note")


def test_each_thread_has_a_file_of_its_own_for_its_owner_alone(full, tmp_path):
    folder = tmp_path / "threads"
    assert write_folder(full, Export("messages", "is:open"), folder).count == len(list(folder.iterdir()))
    assert {stat.S_IMODE(one.stat().st_mode) for one in folder.iterdir()} == {0o600}
    write_folder(full, Export("messages", "is:open"), folder)
    assert all(one.name.startswith("T-1") for one in folder.iterdir())


def test_a_longer_table_goes_on_in_a_second_sheet_and_a_longer_text_is_told(sqlite_desk, monkeypatch):
    build(sqlite_desk, size=7)
    with sqlite_desk.change() as change:
        services.edit_customer(change, 1, {"notes": "long " * 10_000})
    monkeypatch.setattr(to_xlsx, "MOST_ROWS", 3)
    out = BytesIO()
    export_records(sqlite_desk, Export("tickets"), "xlsx", out, Style())
    book = openpyxl.load_workbook(out)
    assert book.sheetnames == ["tickets", "tickets 2", "tickets 3"]
    assert [sheet.max_row for sheet in book] == [4, 4, 2]
    done = export_records(sqlite_desk, Export("contacts"), "xlsx", out, Style())
    assert "characters): 1;" in done.notes[0]


def test_a_file_appears_whole_or_the_one_before_stays(tmp_path):
    path = tmp_path / "out.csv"
    with new_file(path) as out:
        out.write(b"one")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(ZeroDivisionError), new_file(path) as out:
        out.write(b"half of tw" * (1 // 0))
    with (
        pytest.raises(FileNotWrittenError, match="No space left on device"),
        new_file(path) as out,
    ):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    with pytest.raises(FileNotWrittenError, match="it is a folder"), new_file(tmp_path):
        raise AssertionError
    with pytest.raises(FileNotWrittenError, match="was not written"), new_file(tmp_path / "no" / "out.csv"):
        raise AssertionError
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("out.csv", b"one")]


@given(st.datetimes(datetime(1970, 1, 1), datetime(2078, 1, 1)))  # noqa: DTZ001  a workbook has no zones
def test_an_instant_of_a_workbook_comes_back_to_the_microsecond(at):
    out = BytesIO()
    sheet = Sheet("calls", (Column("at", Kind.INSTANT),), iter([[[f"{at.isoformat()}+00:00"]]]))
    to_xlsx.write(sheet, out, Style())
    table = open_table(open_source("-", BytesIO(out.getvalue())))
    [row] = table.rows()
    assert datetime.fromisoformat(row.cells[0]) == at


# Contacts that leave come back as they were.

HOME = ("csv", "json", "jsonl", "xlsx")
"""What an import reads."""
DESKS_OWN = {"id", "tier", "owner", "created_at", "updated_at", "version", "merged_into_id"}


@pytest.fixture(scope="module")
def template(tmp_path_factory) -> Path:
    place = tmp_path_factory.mktemp("template") / "desk.db"
    open_desk(str(place), FixedClock(NOW)).close()
    return place


@contextmanager
def fresh(template: Path) -> Iterator[tuple[Desk, Path]]:
    with tempfile.TemporaryDirectory() as folder:
        place = shutil.copy(template, folder)
        ana = Actor(1, "ana", "Ana", Role.ADMIN)
        desk = Desk(Store.open(place), Settings(store=place), FixedClock(NOW), ana, Origin.CLI)
        try:
            yield desk, Path(folder)
        finally:
            desk.close()


def home_again(
    template: Path, table: list[dict[str, str]], form: str = "csv"
) -> tuple[list[dict], list[dict]]:
    """What a desk exports, and what one exports that has taken in the export of the first."""
    with fresh(template) as (desk, folder):
        bring_in(desk, write_table(folder / "people.csv", table))
        first, data = rows(desk, "contacts"), out_of(desk, "contacts", form=form)
    with fresh(template) as (desk, folder):
        path = folder / f"contacts.{form}"
        path.write_bytes(data)
        *_, rejected = counts(bring_in(desk, path))
        assert rejected == 0
        second = rows(desk, "contacts")
        assert counts(bring_in(desk, path)) == (0, 0, len(second), 0, 0)
    return first, second


def told(listed: list[dict]) -> list[dict]:
    return [{key: value for key, value in row.items() if key not in DESKS_OWN} for row in listed]


TEXT = st.sampled_from(["", "", "one", "'=1+1", "=1+1", "+1", "-5 °C", "@x", "''", "＝1", 'a "b", c', "x;y"])
TABLES = st.lists(
    st.fixed_dictionaries(
        {
            "id": st.integers(1, 99).map("C-{}".format),
            "name": st.sampled_from(["Ann Lee", "=Bo Kim", "'Cy", "-Dee", "Ed (x)"]),
            "email": st.sampled_from(["", "A@X.example", "b@x.example ::: c@x.example", "+d@x.example"]),
            "phone": st.sampled_from(["", "+49 30 1234567", "+49 (30) 7654321 ::: 030 5550", "call (us)"]),
            "company": st.sampled_from(["", "Acme", "=Acme"]),
            "title": TEXT,
            "notes": TEXT,
            "tags": st.sampled_from(["", "vip", "vip, eu", "=eu"]),
            "city": TEXT,
            "shoe size": TEXT,
        }
    ),
    min_size=1,
    max_size=8,
    unique_by=(lambda row: row["id"], lambda row: row["email"] or row["id"]),
)


@pytest.mark.parametrize("form", HOME)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TABLES)
def test_contacts_that_were_exported_are_imported_as_they_were(template, form, table):
    table = [row for at, row in enumerate(table) if not at or row["phone"] in ("", "call (us)")]
    first, second = home_again(template, table, form)
    assert told(second) == told(first)


@pytest.mark.parametrize("form", HOME)
def test_naughty_contacts_come_home(template, form):
    strings = [text for text in naughty_strings() if text.strip() and "\0" not in text]
    table = [
        {"id": f"C-{at}", "name": text, "title": text, "notes": text, "city": text, "shoe size": text}
        for at, text in enumerate(strings)
    ]
    first, second = home_again(template, table, form)
    assert len(first) == len(strings)
    assert told(second) == told(first)


def test_labels_of_numbers_come_home(template):
    with fresh(template) as (desk, folder):
        path = folder / "people.csv"
        path.write_text(
            "Name,Work Phone,Mobile Phone,Home Phone\nAnn,+49 30 1111111,+49 (30) 2222222,+49 30 (3333333)\n",
            encoding="utf-8",
        )
        bring_in(desk, path)
        (first,) = rows(desk, "contacts")
        table = out_of(desk, "contacts", form="csv")
        assert first["phone_label"] == "work"
        assert first["more_phones"] == ["+49 (30) 2222222 (mobile)", "+49 30 (3333333) (home)"]
    with fresh(template) as (desk, folder):
        path = folder / "contacts.csv"
        path.write_bytes(table)
        bring_in(desk, path)
        assert told(rows(desk, "contacts")) == told([first])


@pytest.mark.parametrize("form", HOME)
def test_labels_of_addresses_come_home_and_a_fax_that_an_agent_keeps_as_a_number_stays_one(template, form):
    with fresh(template) as (desk, folder):
        path = folder / "google.csv"
        path.write_text(
            "Name,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value,Phone 1 - Label,Phone 1 - Value\n"
            'Ann,* Work,a@x.example,"Home, old",b@x.example ::: c@x.example,Mobile,+49 30 1111111\n',
            encoding="utf-8",
        )
        bring_in(desk, path)
        with desk.read() as read:
            ((phone,),) = read.tuples("SELECT id FROM contact_point WHERE kind = 'phone'")
        with desk.change() as change:
            point = change.get(ContactPoint, phone)
            point.label = "Fax"
            change.record(Event.CUSTOMER_CHANGED, point)
        (first,) = rows(desk, "contacts")
        assert (first["email_label"], first["phone_label"]) == ("work", "Fax")
        assert first["more_emails"] == ["b@x.example (home, old)", "c@x.example (home, old)"]
        table = out_of(desk, "contacts", form=form)
    with fresh(template) as (desk, folder):
        path = folder / f"contacts.{form}"
        path.write_bytes(table)
        bring_in(desk, path)
        assert told(rows(desk, "contacts")) == told([first])


def test_a_mark_comes_first_where_it_is_asked_for_and_lines_end_as_the_rule_says(sqlite_desk):
    with sqlite_desk.change() as change:
        services.create_customer(change, name="=Jo", phone="+44 20 7946 0001", notes="a\nb")
    text = out_of(sqlite_desk, "contacts", form="csv", has_mark=True)
    assert text.startswith(b"\xef\xbb\xbfid,external_id,name")
    assert text.count(b"\r\n") == 2
    (row,) = csv.DictReader(io.StringIO(text.decode("utf-8-sig"), newline=""))
    assert (row["name"], row["phone"], row["notes"]) == ("'=Jo", "+44 20 7946 0001", "a\nb")


class _Nowhere(io.RawIOBase):
    def writable(self) -> bool:
        return True

    def write(self, data) -> int:
        return len(data)


def test_memory_does_not_grow_with_the_rows(tmp_path):
    desk = open_desk(str(tmp_path / "desk.db"), FixedClock(NOW))
    peaks = []
    for highest in (1_500, 15_000):
        with desk.change() as change:
            change.sql(
                "WITH RECURSIVE n(i) AS (SELECT (SELECT count(*) + 1 FROM customer) "
                "UNION ALL SELECT i + 1 FROM n WHERE i < :highest) "
                "INSERT INTO customer (version, created_at, updated_at, name, name_key, title, language, time_zone, tier, "
                "do_not_contact, warning, notes, tags, extra) SELECT 1, '2026-03-03 08:30:00.000000', "
                "'2026-03-03 08:30:00.000000', 'Name ' || i, 'name', '', '', '', '', 0, '', hex(randomblob(200)), '[]', "
                "'{\"city\": \"' || i || '\"}' FROM n",
                {"highest": highest},
            )
        gc.collect()
        tracemalloc.start()
        done = export_records(desk, Export("contacts"), "csv", _Nowhere(), Style())
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert done.count == highest
    desk.close()
    assert peaks[1] < 1.5 * peaks[0]


def test_tickets_come_home_by_the_map_that_is_drafted_from_them(template, tmp_path):
    with fresh(template) as (desk, _):
        with desk.change() as change:
            jo = services.create_customer(change, name="=Jo", email="jo@x.test").id
            services.create_ticket(change, subject="=1+1", category="'@x", tags=["vat"], customer_id=jo)
            services.create_ticket(change, subject="plain", priority="high", queue_id=2, assignee_id=2)
            services.set_status(change, 1002, "on_hold", reason="wait", waiting_for="-a part")
        first = rows(desk, "tickets")
        path = tmp_path / "tickets.csv"
        path.write_bytes(out_of(desk, "tickets", form="csv"))
    write_map(TicketImport(path=path, map=None), tmp_path / "map.toml")
    with fresh(template) as (desk, _):
        done = import_tickets(desk, TicketImport(path=path, map=tmp_path / "map.toml"))
        assert (done.counts.created, done.counts.rejected) == (len(first), 0)
        second = rows(desk, "tickets")
    told = ("subject", "status", "priority", "type", "channel", "category", "queue", "assignee", "customer")
    assert [[row[key] for key in told] for row in second] == [[row[key] for key in told] for row in first]
    assert [set(row["tags"]) for row in second] == [set(row["tags"]) for row in first]
