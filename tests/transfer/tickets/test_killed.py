"""Kill -9 at any point of an import of tickets, go on by its number: the store is exactly that of one quiet run."""

import pytest

from tests.transfer.resuming import on_copies
from tests.transfer.tickets.stopped_files import JOBS

STEP = 8


@pytest.fixture(autouse=True)
def steps(monkeypatch):
    monkeypatch.setattr("agentdesk.transfer.tickets.importing.ROWS_AT_ONCE", STEP)


@pytest.mark.parametrize("job", JOBS)
def test_an_import_of_tickets_that_was_killed_and_gone_on_with_ends_as_one_quiet_run(tmp_path, job):
    assert on_copies(tmp_path, JOBS[job], 6, 1) >= 6


@pytest.mark.slow
@pytest.mark.parametrize("job", JOBS)
def test_an_import_of_tickets_killed_at_two_hundred_random_points_ends_as_one_quiet_run(tmp_path, job):
    assert on_copies(tmp_path, JOBS[job], 200, 2) >= 200
