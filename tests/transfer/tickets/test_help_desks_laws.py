"""Whatever stands in an export of tickets: nothing raises, every object is counted once, and again changes nothing."""

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from agentdesk.desk import Desk
from agentdesk.domain.actor import Actor
from agentdesk.domain.clock import FixedClock
from agentdesk.domain.vocabulary import Origin, Role
from agentdesk.settings import Settings
from agentdesk.store.store import Store
from agentdesk.transfer.refusals import FileRefusedError
from agentdesk.transfer.result import ImportResult
from agentdesk.transfer.tickets.importing import TicketImport, import_tickets
from agentdesk.transfer.tickets.sources import ready_maps
from tests.conftest import NOW, open_desk
from tests.transfer.tickets.help_desks import FRESHDESK, ZAMMAD, ZENDESK

RECORDS = {"zendesk": ZENDESK["tickets"], "zammad": ZAMMAD, "freshdesk": FRESHDESK}
LISTS = ("comments", "articles", "conversations")
_ATOMS = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**70), 2**70), st.floats(), st.text(max_size=8),
    st.sampled_from(["", "2026-02-30T00:00:00Z", "9999-12-31T23:59:59Z", "2026-02-01T09:00:00Z", "<p>a<br>b", "a@b", "-",
                     "closed", "solved", 4, 5, "1 low", "[red]", "\x1b[2J", "\ud800", "\x00"]),
)  # fmt: skip
_DIRT = st.recursive(
    _ATOMS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=5,
)  # fmt: skip


@st.composite
def exports(draw: st.DrawFn) -> tuple[str, list[dict[str, Any]]]:
    """Tickets of some help desk, some of whose values were put in disorder, those of their messages too."""
    by = draw(st.sampled_from(sorted(RECORDS)))
    records = json.loads(
        json.dumps([draw(st.sampled_from(RECORDS[by])) for _ in range(draw(st.integers(1, 4)))])
    )
    for record in records:
        record["number" if by == "zammad" else "id"] = draw(st.integers(1, 6))
        for held in [record, *(one for name in LISTS for one in record.get(name, []))]:
            for key in draw(st.lists(st.sampled_from(sorted(held)), max_size=1)):
                if draw(st.booleans()):
                    held[key] = draw(_DIRT)
                else:
                    held.pop(key, None)
    return by, records


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store to copy: making one takes longer than an example."""
    path = tmp_path_factory.mktemp("template") / "desk.db"
    open_desk(str(path), FixedClock(NOW)).close()
    return path


@contextmanager
def fresh(template: Path) -> Iterator[tuple[Desk, Path]]:
    """A new desk, and a folder."""
    with tempfile.TemporaryDirectory() as folder:
        place = shutil.copy(template, folder)
        desk = Desk(
            Store.open(place),
            Settings(store=place),
            FixedClock(NOW),
            Actor(1, "ana", "Ana", Role.ADMIN),
            Origin.CLI,
        )
        try:
            yield desk, Path(folder)
        finally:
            desk.close()


@settings(max_examples=40, deadline=None)
@given(export=exports())
@example(export=("zendesk", [{**RECORDS["zendesk"][0], "comments": "none"}]))
@example(
    export=(
        "zammad",
        [
            {**RECORDS["zammad"][0], "id": 6, "number": 2, "customer_id": 9, "customer": None},
            {**RECORDS["zammad"][0], "id": 6, "number": 1, "customer_id": 9, "customer": "bo@example.com"},
        ],
    )
)
@example(export=("zendesk", [{**RECORDS["zendesk"][0], "comments": [{"created_at": 7}, 3]}]))
def test_no_export_raises_and_its_objects_are_counted_once(
    template: Path, export: tuple[str, list[dict[str, Any]]]
) -> None:
    by, records = export
    rules = next(one.rules for one in ready_maps() if one.name == by)
    with fresh(template) as (desk, folder):
        path = folder / "export.jsonl"
        path.write_text("".join(json.dumps(one) + "\n" for one in records), encoding="utf-8")

        def bring_in(**options: Any) -> ImportResult:
            return import_tickets(desk, TicketImport(path, rules, rejects=folder / "rejects", **options))

        try:
            rehearsed = bring_in(dry_run=True).counts
        except FileRefusedError:
            return
        first, again = bring_in().counts, bring_in().counts
        assert rehearsed == first
        assert first.rows == again.rows == len(records)
        assert (again.unchanged, again.rejected) == (first.created, first.rejected)
