"""A whole desk leaves and moves in, on SQLite and PostgreSQL alike: what comes out of the second is what came out of the first."""

import hashlib
import json
import random
import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.domain.actor import Actor
from agentdesk.domain.clock import FixedClock
from agentdesk.domain.errors import NotPermittedError, StoreError
from agentdesk.domain.vocabulary import Origin, Role
from agentdesk.reports.run import run_report
from agentdesk.services.attachments import keep_content
from agentdesk.services.looking import look_at
from agentdesk.services.questions import remember_question
from agentdesk.services.undo import undo_change
from agentdesk.settings import Settings
from agentdesk.store import reader, whole
from agentdesk.store.refill import NotEmptyError
from agentdesk.store.store import Store
from agentdesk.transfer import desk_check
from agentdesk.transfer.desk_archive import MANIFEST, write_desk
from agentdesk.transfer.desk_check import BadArchiveError, check_desk
from agentdesk.transfer.desk_import import import_desk
from tests.conftest import NOW, open_desk
from tests.demo.sample import NOW as SAMPLE_NOW
from tests.demo.sample import sample_desk
from tests.hostile.store import build as build_hostile
from tests.hostile.strings import sample
from tests.queries.world import build

GONE = 1023
"""The number of a ticket that was taken back."""
ANA = Actor(1, "ana", "Ana", Role.ADMIN)


def nothing(_done: int, _total: int | None) -> None:
    pass


def packed(desk: Desk) -> bytes:
    out = BytesIO()
    write_desk(desk, out, nothing)
    return out.getvalue()


@contextmanager
def opened(place: str, *, at=NOW) -> Iterator[Desk]:
    """A desk as the command line opens one: a new store gets its first admin."""
    told = Settings(store=place, zone="Europe/London")
    desk = Desk(Store.open(place), told, FixedClock(at), ANA, Origin.CLI)
    with desk.read() as read:
        is_new = not read.value("SELECT count(*) FROM agent")
    if is_new:
        desk._welcome()
    try:
        yield desk
    finally:
        desk.close()


def bring_in(desk: Desk, path: Path, data: bytes):
    path.write_bytes(data)
    return import_desk(desk, check_desk(path), nothing)


@pytest.fixture
def empty_postgres(postgres_shelf, postgres_template) -> Iterator[str]:
    lent = postgres_shelf.lend(postgres_template)
    yield lent.url
    postgres_shelf.take_back(lent)


@pytest.fixture(params=["to sqlite", "to postgres"])
def empty(request, tmp_path) -> str:
    """Where a store can be made, on each database."""
    if request.param == "to sqlite":
        return str(tmp_path / "empty.db")
    return str(request.getfixturevalue("empty_postgres"))


def fill(desk: Desk) -> None:
    """Something of what a desk can hold, what was taken back among it, and rows that refer to later ones."""
    build(desk, size=20)
    with desk.change() as change:
        kept = keep_content(change, "a.txt", b"a file")
        services.add_note(change, 1004, "see @ben", files=[kept])
        remember_question(change, "is:open")
        look_at(change, 1002, "a door", "reading")
        first, second = (services.create_ticket(change, subject=one, body=one).id for one in ("one", "two"))
    with desk.change() as change:
        gone = services.create_ticket(change, subject="soon taken back")
    with desk.change() as change:
        undo_change(change)
    with desk.change() as change:
        services.merge_tickets(change, [first], second)  # the earlier row refers to the later one
    assert gone.id == GONE


def without_placeholder(desk: Desk) -> None:
    """The world's file has a name that is no hash, which no store of people has."""
    with desk.change() as change:
        change.sql("DELETE FROM attachment WHERE sha256 = '00'")
        change.sql("DELETE FROM blob WHERE sha256 = '00'")


@pytest.fixture
def full(desk) -> Desk:
    fill(desk)
    without_placeholder(desk)
    return desk


def test_a_desk_that_moved_in_leaves_as_it_came(full, empty, tmp_path, monkeypatch):
    monkeypatch.setattr(reader, "WALK_ROWS", 7)
    first = packed(full)
    assert first == packed(full)
    with opened(empty) as moved:
        done = bring_in(moved, tmp_path / "desk.zip", first)
        assert packed(moved) == first
        with moved.read() as read:
            assert read.value("SELECT count(*) FROM ticket") == done.rows["ticket"] == 22
            assert whole.blob(read, hashlib.sha256(b"a file").hexdigest()) == b"a file"


def test_work_goes_on_where_it_was(full, empty, tmp_path):
    with full.change() as change:
        services.edit_ticket(change, 1002, {"priority": "urgent"})
    number = change.id
    with opened(empty) as moved:
        bring_in(moved, tmp_path / "desk.zip", packed(full))
        with moved.read() as read:
            found = read.matching("ticket", "term")
            term = read.search_term("refund")
            hits = read.value(f"SELECT count(*) FROM ticket WHERE {found}", {"term": term})
        with full.read() as read:
            found = read.matching("ticket", "term")
            assert hits == read.value(
                f"SELECT count(*) FROM ticket WHERE {found}", {"term": read.search_term("refund")}
            )
        for desk in (full, moved):
            with desk.change() as change:
                assert undo_change(change).left == []
                assert change.journal[0]["reason"] == f"change {number}"
            with desk.change() as change:
                assert services.create_ticket(change, subject="the next").id == GONE + 1
        assert packed(moved) == packed(full)


@pytest.mark.slow
def test_the_sample_desk_moves_to_postgres_and_back_with_its_reports(tmp_path, empty_postgres):
    place = shutil.copy(sample_desk()[0], tmp_path / "sample.db")
    at = SAMPLE_NOW

    def report(desk: Desk) -> str:
        with desk.read(at) as read:
            return json.dumps(
                run_report(read, "queue", zone=desk.zone, as_of=at.replace(day=2), store="x").data
            )

    with opened(str(place), at=at) as first, opened(empty_postgres, at=at) as second:
        data = packed(first)
        bring_in(second, tmp_path / "desk.zip", data)
        assert packed(second) == data
        assert report(second) == report(first)
        with opened(str(tmp_path / "third.db"), at=at) as third:
            bring_in(third, tmp_path / "again.zip", packed(second))
            assert packed(third) == data
            assert report(third) == report(first)


def test_a_hostile_desk_comes_home(tmp_path):
    folder = tmp_path / "hostile"
    folder.mkdir()
    world = build_hostile(folder, sample(), views=3)
    with opened(world.place) as desk, opened(str(tmp_path / "empty.db")) as moved:
        data = repaired(packed(desk))
        bring_in(moved, tmp_path / "desk.zip", data)
        assert packed(moved) == data


def repaired(data: bytes) -> bytes:
    """The hostile desk's file under the hash it has."""
    sha = hashlib.sha256(b"x").hexdigest()
    return rewritten(data, lambda name, text: text.replace(b"0" * 64, sha.encode()), files={sha: b"x"})


def rewritten(
    data: bytes,
    change: Callable[[str, bytes], bytes | None],
    *,
    files: dict[str, bytes] | None = None,
    manifest: Callable[[dict], None] | None = None,
) -> bytes:
    """The zip with other members, and a manifest that fits them."""
    from agentdesk.transfer.fixed_zip import member, new_zip

    out = BytesIO()
    with ZipFile(BytesIO(data)) as old, new_zip(out) as new:
        told = json.loads(old.read(MANIFEST))
        for info in old.infolist():
            if info.filename == MANIFEST or (files is not None and info.filename.startswith("files/")):
                continue
            text = change(info.filename, old.read(info))
            if text is None:
                continue
            with member(new, info.filename) as part:
                part.write(text)
            table = info.filename.removeprefix("tables/").removesuffix(".jsonl")
            if table in told["tables"]:
                told["tables"][table] = {
                    "rows": text.count(b"\n"),
                    "sha256": hashlib.sha256(text).hexdigest(),
                }
        for name, content in (files or {}).items():
            with member(new, f"files/{name}") as part:
                part.write(content)
        if manifest:
            manifest(told)
        with member(new, MANIFEST) as part:
            part.write(json.dumps(told, indent=1).encode() + b"\n")
    return out.getvalue()


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 10_000), st.integers(0, 25))
def test_any_desk_comes_home(tmp_path_factory, seed, size):
    folder = tmp_path_factory.mktemp("home")
    desk = open_desk(str(folder / "desk.db"), FixedClock(NOW))
    build(desk, size=size, seed=seed)
    without_placeholder(desk)
    data = packed(desk)
    desk.close()
    with opened(str(folder / "empty.db")) as moved:
        bring_in(moved, folder / "desk.zip", data)
        assert packed(moved) == data


# What is refused.


@pytest.fixture(scope="module")
def data(tmp_path_factory) -> bytes:
    desk = open_desk(str(tmp_path_factory.mktemp("small") / "desk.db"), FixedClock(NOW))
    fill(desk)
    without_placeholder(desk)
    told = packed(desk)
    desk.close()
    return told


def test_only_an_admin_moves_a_desk(sqlite_desk, data, tmp_path):
    sqlite_desk.actor = Actor(4, "lea", "Lea", Role.LEAD)
    with pytest.raises(NotPermittedError, match="may not move a whole desk"):
        packed(sqlite_desk)
    with pytest.raises(NotPermittedError, match="may not move a whole desk"):
        bring_in(sqlite_desk, tmp_path / "desk.zip", data)


def test_a_store_with_anything_in_it_stays_as_it_is(desk, data, tmp_path):
    before = packed(desk)
    with pytest.raises(NotEmptyError, match="is not empty"):
        bring_in(desk, tmp_path / "desk.zip", data)
    assert packed(desk) == before


def a_store(folder: Path) -> tuple[str, bytes]:
    """A new store, and what is in it."""
    place = str(folder / "empty.db")
    with opened(place) as desk:
        return place, packed(desk)


def cut(table: str) -> Callable[[str, bytes], bytes | None]:
    return lambda name, text: None if name == f"tables/{table}.jsonl" else text


def edit(table: str, old: bytes, new: bytes) -> Callable[[str, bytes], bytes]:
    return lambda name, text: text.replace(old, new, 1) if name == f"tables/{table}.jsonl" else text


def same(_name: str, text: bytes) -> bytes:
    return text


REFUSED = {
    "a member that is gone": (cut("ticket"), None, "tables/ticket.jsonl: is missing"),
    "a newer schema": (same, lambda told: told.update(schema=999), "a newer AgentDesk wrote it"),
    "an older schema": (same, lambda told: told.update(schema=4), "manifest.json: was damaged"),
    "another program's": (same, lambda told: told.update(kind="x"), "no export of a desk"),
    "no manifest worth the name": (same, lambda told: told.update(tables=[1]), "manifest.json: was damaged"),
    "a table we do not have": (
        same,
        lambda told: told["tables"].update(x={"rows": 0, "sha256": ""}),
        "tables/x.jsonl: is no table",
    ),
    "a table that is not told": (
        same,
        lambda told: told["tables"].pop("queue"),
        "tables/queue.jsonl: is missing",
    ),
    "a count that is wrong": (
        same,
        lambda told: told["tables"]["queue"].update(rows=7),
        "tables/queue.jsonl: was damaged",
    ),
    "a value of another kind": (
        edit("ticket", b'"version": 1', b'"version": "1"'),
        None,
        'tables/ticket.jsonl, line 1: version cannot be "1"',
    ),
    "an instant that is none": (
        edit("change", b'"at": "2026', b'"at": "abcd'),
        None,
        "tables/change.jsonl, line 1: at cannot be",
    ),
    "a column that is gone": (edit("agent", b'"handle": "ana", ', b""), None, "line 1: handle is missing"),
    "a column we do not have": (
        edit("agent", b'"handle"', b'"x": 1, "handle"'),
        None,
        "line 1: x is no column",
    ),
    "a line that is no row": (edit("agent", b"{", b"["), None, "tables/agent.jsonl, line 1: is no row"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_damaged_is_named_and_nothing_is_written(case, data, tmp_path):
    change, manifest, sentence = REFUSED[case]
    place, before = a_store(tmp_path)
    with opened(place) as desk:
        with pytest.raises(BadArchiveError, match="Nothing was written") as refusal:
            bring_in(desk, tmp_path / "desk.zip", rewritten(data, change, manifest=manifest))
        assert sentence in str(refusal.value)
        assert packed(desk) == before


def test_rows_that_do_not_fit_together_are_refused(data, tmp_path):
    place, before = a_store(tmp_path)
    for change in (
        edit("message", b'"ticket_id": 10', b'"ticket_id": 9910'),
        edit("ticket", b'"status": "', b'"status": "x'),
    ):
        with opened(place) as desk:
            with pytest.raises(StoreError, match="took nothing"):
                bring_in(desk, tmp_path / "desk.zip", rewritten(data, change))
            assert packed(desk) == before


def test_rows_that_do_not_fit_together_are_refused_by_postgres_too(data, tmp_path, empty_postgres):
    with opened(empty_postgres) as desk:
        before = packed(desk)
        with pytest.raises(StoreError, match="took nothing"):
            bring_in(
                desk,
                tmp_path / "desk.zip",
                rewritten(data, edit("message", b'"ticket_id": 10', b'"ticket_id": 9910')),
            )
        assert packed(desk) == before


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({}, "is missing"),
        ({"0" * 64: b"x"}, "was damaged"),
        (
            {hashlib.sha256(b"a file").hexdigest(): b"a file", hashlib.sha256(b"y").hexdigest(): b"y"},
            "does not belong",
        ),
    ],
)
def test_files_are_what_their_names_say_and_all_there(files, sentence, data, tmp_path):
    (tmp_path / "desk.zip").write_bytes(rewritten(data, same, files=files))
    with pytest.raises(BadArchiveError, match=f"files/[0-9a-f]+: {sentence}"):
        check_desk(tmp_path / "desk.zip")


def test_what_is_no_zip_is_said_to_be_none(tmp_path):
    for content in (b"", b"id,name\n", b"PK\x03\x04 half"):
        (tmp_path / "x.zip").write_bytes(content)
        with pytest.raises(BadArchiveError, match="no zip, or only a part of one"):
            check_desk(tmp_path / "x.zip")
    with pytest.raises(BadArchiveError, match="No such file"):
        check_desk(tmp_path / "missing.zip")


def test_a_zip_that_was_hurt_anywhere_is_refused_or_was_not_hurt_where_it_counts(data, tmp_path):
    dice, hurt = random.Random(5), 0
    path = tmp_path / "desk.zip"
    path.write_bytes(data)
    whole_ = check_desk(path)
    for _ in range(150):
        at = dice.randrange(len(data))
        path.write_bytes(data[:at] + bytes([data[at] ^ (1 << dice.randrange(8))]) + data[at + 1 :])
        try:
            found = check_desk(path)
        except BadArchiveError:
            hurt += 1
        else:
            assert (found.rows, found.counters, found.schema) == (whole_.rows, whole_.counters, whole_.schema)
    assert hurt > 100
    for size in range(0, len(data), len(data) // 40):
        path.write_bytes(data[:size])
        with pytest.raises(BadArchiveError):
            check_desk(path)


def test_an_older_desk_gets_what_came_later_by_default(data, tmp_path, monkeypatch):
    """As the next schema will find those of this one."""
    monkeypatch.setattr(desk_check, "SCHEMA_VERSION", 6)
    monkeypatch.setattr("agentdesk.transfer.desk_import.SCHEMA_VERSION", 6)
    older = rewritten(
        data,
        lambda name, text: (
            b"".join(
                (json.dumps({k: v for k, v in json.loads(one).items() if k != "description"}) + "\n").encode()
                for one in text.splitlines()
            )
            if name == "tables/queue.jsonl"
            else text
        ),
    )
    with opened(str(tmp_path / "empty.db")) as desk:
        bring_in(desk, tmp_path / "desk.zip", older)
        with desk.read() as read:
            assert read.tuples("SELECT description FROM queue") == [("",), ("",)]


def test_postgres_gets_a_mark_where_a_text_has_a_nul(tmp_path, empty_postgres):
    with opened(str(tmp_path / "desk.db")) as desk, opened(empty_postgres) as moved:
        with desk.change() as change:
            services.create_ticket(change, subject="a\0b", body="c\0d")
        assert bring_in(moved, tmp_path / "desk.zip", packed(desk)).replaced == 2
        with moved.read() as read:
            assert read.value("SELECT subject FROM ticket") == "a\ufffdb"


def test_the_file_is_for_its_owner_alone(data, tmp_path):
    with ZipFile(BytesIO(data)) as archive:
        assert {stat.S_IMODE(one.external_attr >> 16) for one in archive.infolist()} == {0o600}
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
