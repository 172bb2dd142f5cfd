import gzip
import zipfile
from pathlib import Path

import pytest

from agentdesk import services
from agentdesk.domain.errors import InvalidValueError
from agentdesk.services.undo import redo_change, undo_batch
from agentdesk.transfer.mail.importing import MailImport, import_mail, resume_mail
from agentdesk.transfer.refusals import FileRefusedError
from agentdesk.transfer.result import ImportStopped
from tests.transfer.mail.mails import (
    ANN,
    BEN,
    US,
    bring_in,
    counts,
    mail,
    messages,
    threads,
    tickets,
    write_box,
    write_files,
)
from tests.transfer.stock import content
from tests.transfer.stopping import interrupted, left_as_killed, state_of

OURS = {"ours": ["help@desk.example"]}
TALK = (
    mail("1"),
    mail("2", "On its way.", "1", 2, From=US, To=ANN),
    mail("3", "Thank you!", "2", 3, Subject="Re: Where is it?"),
)


@pytest.fixture
def box(tmp_path: Path):
    return lambda *mails, name="x.mbox": write_box(tmp_path / name, *mails)


def undo(desk, batch: int):
    with desk.change() as change:
        return undo_batch(change, batch)


def history(desk, ticket_id: int) -> list[tuple[str, str, str]]:
    """Day, event and entity of each journal row of a ticket."""
    sql = "SELECT at, event, entity FROM journal WHERE ticket_id = :id ORDER BY at, id"
    with desk.read() as read:
        return [(str(at)[:10], event, entity) for at, event, entity in read.tuples(sql, {"id": ticket_id})]


def test_one_conversation_is_one_ticket_whatever_the_order_of_its_mails(desk, box, tmp_path):
    result = bring_in(desk, box(TALK[2], TALK[0], mail("9", From=BEN), TALK[1]), **OURS)
    assert counts(result) == (4, 0, 0, 0, 0)
    assert threads(desk) == [["1", "2", "3"], ["9"]]
    first = tickets(desk)[0]
    assert (first["subject"], first["status"], first["reply_count"]) == ("Where is it?", "open", 1)
    kinds = [(one["author_kind"], one["author_name"]) for one in messages(desk)[:3]]
    assert kinds == [("customer", "Ann"), ("agent", "Desk"), ("customer", "Ann")]


def test_mails_that_answer_a_lost_one_are_one_conversation(desk, box):
    bring_in(
        desk, box(mail("2", answers="lost"), mail("3", answers="lost", day=2), mail("4", answers="3", day=3))
    )
    assert threads(desk) == [["2", "3", "4"]]


def test_a_subject_alone_joins_nothing(desk, box):
    bring_in(desk, box(mail("1"), mail("2", Subject="Re: Where is it?", day=2)))
    assert threads(desk) == [["1"], ["2"]]


def test_whoever_got_a_mail_may_answer_it(desk, box):
    bring_in(desk, box(mail("1", cc=BEN), mail("2", answers="1", From=BEN, day=2)))
    assert threads(desk) == [["1", "2"]]


def test_mails_that_answer_one_another_in_a_ring_are_read(desk, box):
    bring_in(desk, box(mail("1", answers="2"), mail("2", answers="1", day=2)))
    assert threads(desk) == [["1", "2"]]


def test_a_link_out_of_a_folder_of_mails_is_passed_over_and_told(desk, tmp_path):
    (tmp_path / "secret.eml").write_bytes(mail("7"))
    folder = write_files(tmp_path / "mails", mail("1"))
    (folder / "link.eml").symlink_to(tmp_path / "secret.eml")
    (folder / "same.eml").symlink_to(folder / "0000.eml")
    (folder / "away").symlink_to(tmp_path)
    result = bring_in(desk, folder)
    assert counts(result) == (1, 0, 0, 1, 0)
    assert f"{folder}/link.eml (a link out of the folder)" in result.notes[0]
    assert f"{folder}/away (a link out of the folder)" in result.notes[0]


def test_a_mail_with_the_message_id_of_another_one_of_the_desk_is_rejected_as_it_was(desk, box, tmp_path):
    bring_in(desk, box(mail("1")))
    path = box(mail("1"), mail("1", "Another text"), name="y.mbox")
    result = bring_in(desk, path)
    assert counts(result) == (0, 0, 1, 0, 1)
    assert "give it a Message-ID of its own" in result.reasons[0]
    assert b"Another text" in Path(result.rejects_file).read_bytes()
    assert counts(bring_in(desk, Path(result.rejects_file))) == (0, 0, 0, 0, 1)


def test_what_is_called_a_mail_and_is_none_is_rejected_and_counted(desk, tmp_path):
    folder = write_files(tmp_path / "mails", mail("1"))
    (folder / "picture.eml").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    assert counts(bring_in(desk, folder)) == (1, 0, 0, 0, 1)


def test_how_many_mails_are_ours_is_told_and_an_address_that_none_is_from(desk, box):
    result = bring_in(desk, box(*TALK), ours=["help@desk.example,@dsk.example"])
    assert "1 of the mails read is the desk's own by --ours." in result.notes
    assert (
        "No mail is from @dsk.example, which --ours names: look whether it is written right." in result.notes
    )


def test_an_empty_folder_makes_no_import(desk, tmp_path):
    result = bring_in(desk, write_files(tmp_path / "mails"), ours=["@desk.example"])
    assert (result.batch, counts(result)) == (None, (0, 0, 0, 0, 0))
    assert result.notes == ("mails holds no mail: there is nothing to import.",)


def test_each_mail_is_told_at_its_own_instant(desk, box):
    bring_in(desk, box(*TALK[:2]), **OURS)
    assert history(desk, tickets(desk)[0]["id"])[:5] == [
        ("2026-01-01", "ticket.created", "ticket"),
        ("2026-01-01", "ticket.created", "message"),
        ("2026-01-02", "message.replied", "message"),
        ("2026-01-02", "message.replied", "ticket"),
        ("2026-01-02", "ticket.solved", "ticket"),
    ]


@pytest.mark.parametrize(
    ("status", "ends"),
    [
        ("auto", ["solved", "new"]),
        ("open", ["open"] * 2),
        ("solved", ["solved"] * 2),
        ("closed", ["closed"] * 2),
    ],
)
def test_tickets_end_as_told(desk, box, status, ends):
    bring_in(desk, box(*TALK[:2], mail("9", From=BEN)), status=status, **OURS)
    assert [one["status"] for one in tickets(desk)] == ends


def test_the_same_again_changes_nothing(desk, box):
    path = box(*TALK, TALK[0], mail(None))
    assert counts(bring_in(desk, path, **OURS)) == (4, 0, 0, 1, 0)
    before = content(desk), messages(desk)
    assert counts(bring_in(desk, path, **OURS)) == (0, 0, 4, 1, 0)
    assert (content(desk), messages(desk)) == before


def test_a_dry_run_counts_the_same_and_writes_nothing(desk, box, tmp_path):
    path = box(*TALK, TALK[0], b"nothing\n\nat all")
    told = bring_in(desk, path, dry_run=True).as_json()
    assert (messages(desk), [*tmp_path.glob("*.rejects.mbox")]) == ([], [])
    done = bring_in(desk, path).as_json()
    same = ("rows", "created", "updated", "unchanged", "duplicates", "rejected", "tickets", "attachments")
    assert [told[name] for name in same] == [done[name] for name in same]


def test_an_import_is_taken_back_whole_and_done_again(desk, box):
    empty = content(desk)
    body = b"--b\nContent-Type: x/y; name=a.bin\n\ndata\n--b--"
    result = bring_in(desk, box(*TALK, mail("9", body, content_type="multipart/mixed; boundary=b")))
    full = messages(desk), tickets(desk), content(desk)
    assert full[0][-1]["files"] == [("a.bin", "x/y", 4)]
    for _ in range(2):
        undone = undo(desk, result.batch)
        assert (undone.left, messages(desk), tickets(desk), content(desk)) == ([], [], [], empty)
        with desk.change() as change:
            redo_change(change, undone.number)
        assert (messages(desk), tickets(desk), content(desk)) == full


def test_a_ticket_that_was_answered_since_stays_with_its_messages_and_files(desk, box):
    body = b"--b\nContent-Type: x/y; name=a.bin\n\ndata\n--b--"
    result = bring_in(
        desk, box(mail("1", body, content_type="multipart/mixed; boundary=b"), mail("9", From=BEN))
    )
    with desk.change() as change:
        services.reply_to_ticket(change, tickets(desk)[0]["id"], "Here you are.")
    undone = undo(desk, result.batch)
    stays = sorted(one.partition(" (")[0] for one in undone.left)
    assert stays == [f"customer {tickets(desk)[0]['customer_id']}", f"ticket {tickets(desk)[0]['id']}"]
    assert [len(one["files"]) for one in messages(desk)] == [1, 0]
    assert len(tickets(desk)) == 1


def test_a_later_import_joins_the_ticket_of_what_it_answers(desk, box):
    bring_in(desk, box(TALK[0]))
    result = bring_in(desk, box(TALK[1], TALK[2], name="y.mbox"), **OURS)
    assert (threads(desk), result.tickets) == ([["1", "2", "3"]], 0)
    assert tickets(desk)[0]["reply_count"] == 1
    assert undo(desk, result.batch).left == []
    assert (threads(desk), tickets(desk)[0]["reply_count"]) == ([["1"]], 0)


def test_what_was_answered_joins_its_answer_when_it_comes_later(desk, box):
    bring_in(desk, box(TALK[1], TALK[2]), **OURS)
    bring_in(desk, box(TALK[0], name="y.mbox"), **OURS)
    assert threads(desk) == [["1", "2", "3"]]


def test_a_newer_mail_of_the_customer_opens_a_solved_ticket_again(desk, box):
    bring_in(desk, box(*TALK[:2]), **OURS)
    assert tickets(desk)[0]["status"] == "solved"
    bring_in(desk, box(TALK[2], name="y.mbox"), **OURS)
    assert [(one["status"], one["subject"]) for one in tickets(desk)] == [("open", "Where is it?")]


def test_a_closed_ticket_gets_a_follow_up_and_history_joins_it(desk, box):
    bring_in(desk, box(*TALK[:2]), status="closed", **OURS)
    earlier = mail("0", answers="1", day=1, Date="1 Jan 2026 12:00:00 +0000")
    bring_in(desk, box(earlier, TALK[2], mail("4", answers="3", day=4), name="y.mbox"), **OURS)
    assert threads(desk) == [["1", "0", "2"], ["3", "4"]]
    assert tickets(desk)[1]["follow_up_of_id"] == tickets(desk)[0]["id"]
    bring_in(desk, box(mail("5", answers="1", day=5), name="z.mbox"), **OURS)
    assert threads(desk) == [["1", "0", "2"], ["3", "4", "5"]]
    bring_in(desk, box(mail("6", answers="2", day=6), name="z.mbox"), status="closed", **OURS)
    assert threads(desk) == [["1", "0", "2", "6"], ["3", "4", "5"]]


def test_a_letter_of_the_desk_is_known_and_its_answer_joins_its_ticket(desk, box):
    with desk.change() as change:
        customer = services.create_customer(change, name="Ann", email="ann@x.example")
        ticket = services.create_ticket(change, subject="Hello", customer_id=customer.id, body="Hi")
    with desk.change() as change:
        services.reply_to_ticket(change, ticket.id, "Here you are.")
    with desk.read() as read:
        key = read.value("SELECT key FROM outbox")
    own = mail(None, "Here you are.", message_id=f"<{key}>", From=US, To=ANN, day=19)
    result = bring_in(desk, box(own, mail("5", in_reply_to=f"<{key}>", day=20)))
    assert counts(result) == (1, 0, 1, 0, 0)
    assert [len(one) for one in threads(desk)] == [3]
    assert tickets(desk)[0]["source"] == ""


def test_the_sender_becomes_a_customer_once_and_is_never_changed(desk, box):
    with desk.change() as change:
        services.create_customer(change, name="Ann Bell", email="ann@x.example")
    bring_in(
        desk, box(mail("1", From="Somebody else <ANN@x.example>"), mail("2", From=BEN), mail("3", From=BEN))
    )
    with desk.read() as read:
        assert read.tuples("SELECT name, email FROM customer ORDER BY id") == [
            ("Ann Bell", "ann@x.example"),
            ("Ben", "ben@y.example"),
        ]
        sql = "SELECT source, batch_id FROM contact_point WHERE normalised = 'ben@y.example'"
        assert read.tuples(sql) == [("mail", 1)]


def test_rejected_mails_are_kept_byte_for_byte_and_can_be_imported_again(desk, box, tmp_path):
    broken = b"X-A: 1\n\nFrom Ann:\n\nFrom x Thu Jan  1 2026\n>From y\n\xff\x00 end"
    folder = write_files(tmp_path / "in", broken, TALK[0])
    result = bring_in(desk, folder)
    rejects = Path(result.rejects_file or "")
    assert rejects == tmp_path / "in.rejects.mbox"
    told = rejects.read_bytes()
    assert told.count(b"X-AgentDesk-Error: ") == 1
    assert told.endswith(
        b"\n" + broken.replace(b"\nFrom ", b"\n>From ").replace(b"\n>From y", b"\n>>From y") + b"\n\n"
    )
    again = bring_in(desk, rejects, rejects=tmp_path / "again.mbox")
    assert counts(again) == (0, 0, 0, 0, 1)
    assert (tmp_path / "again.mbox").read_bytes().partition(b"\n\n")[2] == told.partition(b"\n\n")[2]
    mended = tmp_path / "mended.mbox"
    mended.write_bytes(told.replace(b"\nX-A: 1", b"\nSubject: Mended\nMessage-ID: <9@x.example>"))
    assert counts(bring_in(desk, mended)) == (1, 0, 0, 0, 0)
    assert [one["subject"] for one in tickets(desk)] == ["Where is it?", "Mended"]


def test_folders_maildirs_and_archives_are_read(desk, tmp_path):
    for name in ("cur", "new", "tmp"):
        (tmp_path / "in" / "Maildir" / name).mkdir(parents=True)
    (tmp_path / "in" / "Maildir" / "cur" / "1767261600.M1.x:2,S").write_bytes(mail("1", Date=""))
    (tmp_path / "in" / "Maildir" / "tmp" / "1767261601.M2.x").write_bytes(mail("2"))
    (tmp_path / "in" / "list.txt").write_text("a list of things\n")
    (tmp_path / "in" / "old.mbox.gz").write_bytes(
        gzip.compress(write_box(tmp_path / "b", mail("3")).read_bytes())
    )
    with zipfile.ZipFile(tmp_path / "in" / "all.zip", "w") as archive:
        archive.writestr("deep/4.eml", mail("4"))
        archive.writestr("notes.txt", "nothing")
    result = bring_in(desk, tmp_path / "in")
    assert counts(result) == (3, 0, 0, 0, 0)
    assert sorted(key for some in threads(desk) for key in some) == ["1", "3", "4"]
    assert any("list.txt" in note and "notes.txt" in note for note in result.notes)
    (dated,) = (one for one in messages(desk) if one["external_id"] == "<1@x.example>")
    assert dated["flags"] == ["no date, the time of the mailbox was taken"]


def test_bombs_and_what_is_no_mail_are_refused_before_anything_is_written(desk, tmp_path):
    (tmp_path / "x.png").write_bytes(b"\x89PNG\r\n\0\0")
    (tmp_path / "x.gz").write_bytes(gzip.compress(mail("1") + bytes(50_000_000)))
    with zipfile.ZipFile(tmp_path / "x.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("x.eml", mail("1") + bytes(50_000_000))
    for name in ("x.png", "x.gz", "x.zip", "missing.mbox"):
        with pytest.raises(FileRefusedError):
            bring_in(desk, tmp_path / name)
    assert messages(desk) == []


def test_a_mail_that_is_too_large_is_put_aside_whole(desk, box, tmp_path):
    large = mail("2", b"x" * 26_000_000)
    result = bring_in(desk, box(mail("1"), large, mail("3", From=BEN)))
    assert counts(result) == (2, 0, 0, 0, 1)
    assert "x.mbox, line 10: it has 26 MB" in result.reasons[0]
    assert large in (tmp_path / "x.rejects.mbox").read_bytes()


def test_ctrl_c_leaves_whole_conversations_and_the_next_import_goes_on(desk, box, monkeypatch):
    monkeypatch.setattr("agentdesk.transfer.mail.run.MAILS_AT_ONCE", 2)
    path = box(*TALK, *(mail(str(number), From=BEN) for number in range(10, 20)))

    def stop(done: int, total: int | None) -> None:
        if total and done >= 5:
            raise KeyboardInterrupt

    with pytest.raises(ImportStopped) as stopped:
        import_mail(desk, MailImport([str(path)]), stop)
    assert (stopped.value.rows, len(messages(desk))) == (5, 5)
    batch = left_as_killed(desk, stopped.value.batch)
    monkeypatch.setattr("agentdesk.transfer.mail.reading._TOLD_EVERY", 1)
    with pytest.raises(ImportStopped) as again:
        resume_mail(desk, batch, progress=interrupted)
    assert (again.value.batch, again.value.rows, again.value.can_resume) == (batch, 5, True)
    assert state_of(desk, batch) == "interrupted"
    assert counts(bring_in(desk, path)) == (13, 0, 0, 0, 0)
    assert len(threads(desk)) == 11


def test_who_may_not_import_and_what_is_no_address_are_refused(desk, box):
    with pytest.raises(InvalidValueError):
        bring_in(desk, box(mail()), ours=["nobody"])
    assert counts(bring_in(desk, box(mail("1", From="X <x@Desk.example>")), ours=["@desk.example"])) == (
        1,
        0,
        0,
        0,
        0,
    )
    assert messages(desk)[0]["author_kind"] == "agent"
