"""Kill -9 at any point of an import of mail, go on by its number: the store is exactly that of one quiet run."""

import pytest

from tests.transfer.mail.stopped_files import MAILBOX
from tests.transfer.resuming import on_copies

STEP = 6


@pytest.fixture(autouse=True)
def steps(monkeypatch):
    monkeypatch.setattr("agentdesk.transfer.mail.run.MAILS_AT_ONCE", STEP)


def test_an_import_of_mail_that_was_killed_and_gone_on_with_ends_as_one_quiet_run(tmp_path):
    assert on_copies(tmp_path, MAILBOX, 6, 1) >= 6


@pytest.mark.slow
def test_an_import_of_mail_killed_at_two_hundred_random_points_ends_as_one_quiet_run(tmp_path):
    assert on_copies(tmp_path, MAILBOX, 200, 2) >= 200
