"""Memory does not grow with the tickets of a file, whatever becomes of them."""

import gc
import json
import tracemalloc
from pathlib import Path

import pytest

from agentdesk.desk import Desk
from agentdesk.transfer import foreign_time
from agentdesk.transfer.readers import json_table, sources, text_spool
from agentdesk.transfer.tickets import deciding, importing, known_names, names, new_names, row_store, rows
from agentdesk.transfer.tickets.importing import TicketImport, import_tickets

FEW, MANY = 1000, 4000


@pytest.fixture
def small_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is kept in memory on purpose is little, so that a small file is many times as much."""
    for module in (rows, row_store, names, new_names, known_names, foreign_time):
        monkeypatch.setattr(module, "_REMEMBERED", 100)
    monkeypatch.setattr(json_table, "FIRST_OBJECTS", 50)
    monkeypatch.setattr(sources, "HEAD", 100_000)
    monkeypatch.setattr(sources, "CHUNK", 50_000)
    monkeypatch.setattr(text_spool, "_IN_MEMORY", 50_000)
    monkeypatch.setattr(deciding, "TICKETS_AT_ONCE", 20)
    monkeypatch.setattr(importing, "ROWS_AT_ONCE", 200)


@pytest.mark.slow
@pytest.mark.usefixtures("small_portions")
@pytest.mark.parametrize("broken", [False, True], ids=["taken", "rejected"])
def test_four_times_the_tickets_need_no_more_memory(sqlite_desk: Desk, tmp_path: Path, broken: bool) -> None:
    peaks = []
    for count in (FEW, MANY):
        path = tmp_path / f"{count}.json"
        path.write_text("".join(f"{_ticket(one, broken=broken)}\n" for one in range(count)))
        gc.collect()
        tracemalloc.start()
        counts = import_tickets(sqlite_desk, TicketImport(path, None, dry_run=True)).counts
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert (counts.rejected if broken else counts.created) == count
    assert peaks[1] < 1.5 * peaks[0]


def _ticket(number: int, *, broken: bool) -> str:
    said = [
        {
            "id": f"{number}-{one}",
            "author_id": number,
            "plain_body": "word " * 40,
            "created_at": f"2026-02-01T0{one}:00:00Z",
        }
        for one in range(3)
    ]
    told = {
        "id": number,
        "subject": f"Lamp {number}",
        "status": "unheard of" if broken else "open",
        "requester_id": number,
        "submitter_id": number,
        "requester": {"name": f"Ann {number}", "email": f"ann{number}@example.com"},
        "organization": {"name": f"Company {number}"},
        "problem_id": number - 1,
        "created_at": f"2026-01-01T00:00:{number % 60:02d}.{number:06d}Z",
        "comments": said,
    }
    return json.dumps(told)
