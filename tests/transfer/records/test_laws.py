"""Random dirty files of every kind: they reconcile, rehearse as they run, change nothing again, and leave whole."""

import csv
import io
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agentdesk.desk import Desk
from agentdesk.domain.clock import FixedClock
from agentdesk.transfer.contacts.importing import ContactImport, import_contacts
from agentdesk.transfer.records import run
from agentdesk.transfer.records.catalog import KINDS
from agentdesk.transfer.records.importing import import_records
from agentdesk.transfer.records.order import RecordImport
from agentdesk.transfer.refusals import FileRefusedError
from tests.conftest import NOW, open_desk
from tests.transfer.records.conftest import PEOPLE, counts, held, take_back

IDS = st.sampled_from(["", "1", "2", "3", "4", "é"])
DATES = st.sampled_from(
    ["2026-01-05", "2026-01-05T10:00:00Z", "2026-01-06 10:00 +0100", "05.01.2026", "", "9999-99-99"]
)
WHO = st.sampled_from(["jo@example.com", "bo@example.com", "no@example.com", "", "@", "JO@EXAMPLE.COM "])
NAMES = st.sampled_from(["Acme", "ACME ", "Beta", "", "Gamma", "a\u0301", "x" * 300, "\u202eevil"])
WORDS = st.sampled_from(["", "csat", "nps", "inbound", "outbound", "public", "yes", "no", "=1+1", "?"])
AMOUNTS = st.sampled_from(
    ["", "1", "1,5", "1.234", "1.234,50", "$5", "€ 3", "-2", "1e9", "99999999999999999999", "KWD 1.5"]
)
NUMBERS = st.sampled_from(["", "0", "5", "10", "11", "-1", "1:30", "0:1:75", "4.0", "\u0663"])
DIRT = st.text(max_size=6)
COLUMNS: dict[str, tuple[tuple[str, st.SearchStrategy[str]], ...]] = {
    "organizations": (
        ("id", IDS),
        ("name", NAMES),
        ("domain", st.sampled_from(["", "a.example", "b.example;a.example"])),
        ("tags", DIRT),
    ),
    "orders": (
        ("number", IDS),
        ("email", WHO),
        ("date", DATES),
        ("amount", AMOUNTS),
        ("currency", st.sampled_from(["", "EUR", "jpy", "$", "XXX"])),
        ("item", DIRT),
    ),
    "feedback": (
        ("response id", IDS),
        ("kind", WORDS),
        ("email", WHO),
        ("date", DATES),
        ("score", NUMBERS),
        ("comment", DIRT),
    ),
    "calls": (
        ("call id", IDS),
        ("direction", WORDS),
        ("email", WHO),
        ("start", DATES),
        ("talk time", NUMBERS),
        ("notes", DIRT),
    ),
    "articles": (("id", IDS), ("title", NAMES), ("body", DIRT), ("visibility", WORDS), ("published", WORDS)),
}
QUICK = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
TEMPLATE = Path()


@pytest.fixture(scope="module", autouse=True)
def template(tmp_path_factory) -> Path:
    """A store with customers to copy: making one takes longer than an example."""
    global TEMPLATE  # noqa: PLW0603  examples are made without fixtures
    folder = tmp_path_factory.mktemp("template")
    TEMPLATE = folder / "desk.db"
    desk = open_desk(str(TEMPLATE), FixedClock(NOW))
    (folder / "people.csv").write_text(PEOPLE, encoding="utf-8")
    import_contacts(desk, ContactImport(folder / "people.csv"))
    desk.close()
    return TEMPLATE


@contextmanager
def fresh(rows: int = 1000) -> Iterator[Desk]:
    whole = run.ROWS_AT_ONCE
    run.ROWS_AT_ONCE = rows
    with tempfile.TemporaryDirectory() as folder:
        desk = open_desk(str(shutil.copy(TEMPLATE, folder)), FixedClock(NOW))
        try:
            yield desk
        finally:
            desk.close()
            run.ROWS_AT_ONCE = whole


def table(kind: str) -> st.SearchStrategy[str]:
    names = [name for name, _ in COLUMNS[kind]]
    cells = st.tuples(*(column for _, column in COLUMNS[kind]))
    return st.lists(cells, max_size=14).map(lambda rows: as_csv([tuple(names), *rows]))


def as_csv(rows: list[tuple[str, ...]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()


def bring(desk: Desk, kind: str, text: str, **options: object) -> tuple[int, ...] | None:
    """The counts, None where the file as a whole is refused."""
    path = Path(desk.settings.store).parent / "file.csv"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        return counts(
            import_records(desk, RecordImport(kind, path, rejects=path.with_name("no.csv"), **options))
        )  # type: ignore[arg-type]
    except FileRefusedError:
        return None


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
@QUICK
def test_a_dirty_file_reconciles_rehearses_as_it_runs_and_changes_nothing_again(kind, data):
    text = data.draw(table(kind))
    rows = data.draw(st.sampled_from([1, 2, 3, 1000]))
    with fresh(rows) as desk:
        before = held(desk)
        rehearsed = bring(desk, kind, text, dry_run=True)
        assert held(desk) == before
        done = bring(desk, kind, text)
        assert done == rehearsed
        if done is None:
            assert held(desk) == before
            return
        if kind == "organizations" and done[4]:  # a domain that nobody had until a later row
            return
        there = held(desk)
        again = bring(desk, kind, text)
        assert again == (0, 0, done[0] + done[1] + done[2], done[3], done[4])
        assert held(desk) == there


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
@QUICK
def test_two_files_leave_one_after_the_other(kind, data):
    with fresh() as desk:
        states = [held(desk)]
        results = []
        for text in (data.draw(table(kind)), data.draw(table(kind))):
            path = Path(desk.settings.store).parent / "file.csv"
            path.write_bytes(text.encode("utf-8", "surrogatepass"))
            try:
                results.append(
                    import_records(
                        desk, RecordImport(kind, path, rejects=path.with_name("no.csv"), blank="clear")
                    )
                )
            except FileRefusedError:
                return
            states.append(held(desk))
        for result, state in zip(reversed(results), reversed(states[:-1]), strict=True):
            assert take_back(desk, result).left == []
            assert held(desk) == state


@pytest.mark.parametrize("kind", KINDS)
@given(text=st.text(max_size=200))
@QUICK
def test_no_text_at_all_raises_but_a_refusal(kind, text):
    with fresh() as desk:
        bring(desk, kind, text)


@given(data=st.data(), stop=st.integers(1, 12))
@QUICK
def test_what_was_broken_off_anywhere_ends_as_one_quiet_run(data, stop):
    text = data.draw(table("orders"))
    with fresh(1) as quiet, fresh(1) as broken:
        done = bring(quiet, "orders", text)
        path = Path(broken.settings.store).parent / "file.csv"
        path.write_bytes(text.encode("utf-8", "surrogatepass"))

        def die(rows: int, _total: int | None) -> None:
            if rows >= stop:
                raise SystemExit

        with suppress(SystemExit, FileRefusedError):
            import_records(broken, RecordImport("orders", path, rejects=path.with_name("no.csv")), die)
        assert (bring(broken, "orders", text) is None) == (done is None)
        assert held(broken) == held(quiet)
