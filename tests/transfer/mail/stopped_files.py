"""Mailboxes long enough to be stopped: conversations out of order, mails that come twice, and some that are none."""

import random
from contextlib import closing
from pathlib import Path

from agentdesk.transfer.mail.importing import MailImport, import_mail
from agentdesk.transfer.result import ImportResult
from tests.transfer.killing import open_place
from tests.transfer.mail.mails import US, mail, write_box
from tests.transfer.resuming import Job

CONVERSATIONS = 45
BROKEN = b"Content-Type: multipart/mixed; boundary=x\nFrom: a@x.example\n\n" + b"--x\n\n\n" * 3000
"""A mail of more parts than are read."""
_FILE = (
    "--b\nContent-Type: text/plain\n\nSee the file.\n"
    "--b\nContent-Type: text/plain\nContent-Disposition: attachment; filename=n{0}.txt\n\nFile {0}\n--b--\n"
)


def mails() -> list[bytes]:
    """Mails in a random order that is always the same."""
    found = []
    for n in range(CONVERSATIONS):
        who = f"Caller {n % 13} <c{n % 13}@x.example>"
        for place in range(1 + n % 4):
            answers = f"{n}-{place - 1}" if place else ""
            ours = place % 2 == 1
            told = {"From": US, "To": who} if ours else {"From": who}
            body = f"Word {place} on {n}."
            if n % 6 == 0:
                told |= {"Content-Type": "multipart/mixed; boundary=b", "MIME-Version": "1.0"}
                body = _FILE.format(n % 12)
            found.append(mail(f"{n}-{place}", body, answers, 1 + place, Subject=f"Lamp {n}", **told))
        if n % 9 == 8:
            found += [found[-1], mail(f"{n}-0", "Another text", Subject=f"Lamp {n}", From=who)]
    random.Random(5).shuffle(found)
    return [*found, BROKEN, *(mail(f"late-{n}", answers=f"{n}-0", day=9) for n in range(5)), BROKEN + b"more"]


def _bring(place: str, path: Path) -> ImportResult:
    with closing(open_place(place)) as desk:
        return import_mail(desk, MailImport([str(path)], ours=["@desk.example"]))


def _prepare(place: str, folder: Path) -> None:
    """A desk that has some of the mails, and a mailbox with all."""
    listed = mails()
    write_box(folder / "before.mbox", *listed[:10])
    write_box(folder / "all.mbox", *listed)
    _bring(place, folder / "before.mbox")


MAILBOX = Job(_prepare, _bring, "all.mbox")
