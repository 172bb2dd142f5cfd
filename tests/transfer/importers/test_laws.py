"""Random tables under the real headers of every system, shuffled, cut and damaged: refused, or every row accounted for."""

import csv
import io

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agentdesk.transfer.contacts.file import open_contacts
from agentdesk.transfer.importers import IMPORTERS
from agentdesk.transfer.refusals import FileRefusedError
from agentdesk.transfer.rows import Fault
from tests.transfer.importers.headers import HEADERS, UNSIGNED
from tests.transfer.stock import bring_in, counts

CELLS = st.one_of(
    st.just(""),
    st.sampled_from(
        ["Ann", "a@x.example", "A@X.example; b@x.example", "bad@@x", "a@x.example ::: c@x.example"]
    ),
    st.sampled_from(
        ["* Work", "Home Fax", "* myContacts ::: * VIP", "+49 30 1 ::: +49 30 2", "x~~~y", "'=1", "\x1b[31m"]
    ),
    st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=12),
)
ALL = [header.split(",") for _, header in HEADERS.values()] + [header.split(",") for header in UNSIGNED]


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[str], list[list[str]]]:
    """Some columns of a known header in any order, and rows, a few of them too short or too long."""
    names = [name for name in draw(st.sampled_from(ALL)) if name]
    names = draw(st.permutations(names))[: draw(st.integers(1, len(names)))]
    filled = draw(st.sets(st.integers(0, len(names) - 1), min_size=1, max_size=8))
    rows = draw(st.lists(st.tuples(*[CELLS for _ in filled]), max_size=6))
    table = []
    for row in rows:
        cells = [""] * len(names)
        for place, cell in zip(sorted(filled), row, strict=True):
            cells[place] = cell
        cut = draw(st.booleans()) and len(cells) > 1  # a row without a cell would be a blank line
        table.append(cells[: len(cells) - cut] + draw(st.sampled_from([[], [], ["x"]])))
    return names, table


def written(names: list[str], rows: list[list[str]], delimiter: str) -> str:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerow(names)
    writer.writerows(rows)
    return buffer.getvalue()


def is_accounted_for(found: int, table: tuple[list[str], list[list[str]]]) -> bool:
    """Whether no row is missing; one of a wrong shape whose cells hold line ends may be told as several, a blank one is none."""
    names, rows = table[0], [row for row in table[1] if any(map(str.strip, row))]
    return found == len(rows) or (found > len(rows) and any(len(row) != len(names) for row in rows))


def read(data: bytes, **options) -> list | None:
    """What came of the rows; None for a refusal."""
    try:
        with open_contacts("-", stdin=io.BytesIO(data), **options) as file:
            return list(file.records())
    except FileRefusedError:
        return None


@given(tables(), st.sampled_from(",;\t|"), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_every_row_becomes_a_contact_or_a_fault_under_every_header(table, delimiter, codec):
    found = read(written(*table, delimiter).encode(codec), delimiter=delimiter)
    if found is not None:
        assert is_accounted_for(len(found), table)
        kept = [one for one in found if not isinstance(one, Fault)]
        assert not any("fax" in label for one in kept for _, label in one.phones)
        assert all(one.name or one.emails or one.phones or one.external_id for one in kept)


@given(tables(), st.sampled_from([*IMPORTERS]))
def test_no_source_that_is_named_wrongly_raises_anything_but_a_refusal(table, source):
    found = read(written(*table, ",").encode(), source=source)
    assert found is None or is_accounted_for(len(found), table)


@given(tables(), st.data())
def test_damaged_bytes_raise_nothing_but_a_refusal(table, data):
    whole = bytearray(written(*table, ",").encode())
    for place in data.draw(st.lists(st.integers(0, len(whole) - 1), max_size=4)):
        whole[place] = data.draw(st.integers(0, 255))
    read(bytes(whole))
    read(bytes(whole), encoding="auto")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tables())
def test_counts_of_an_import_reconcile_and_a_dry_run_says_the_same(sqlite_desk, tmp_path, table):
    path = tmp_path / "people.csv"
    path.write_bytes(written(*table, ",").encode())
    try:
        rehearsed = counts(bring_in(sqlite_desk, path, dry_run=True, encoding="utf-8", delimiter=","))
    except FileRefusedError:
        return
    assert counts(bring_in(sqlite_desk, path, encoding="utf-8", delimiter=",")) == rehearsed
    assert is_accounted_for(sum(rehearsed), table)
