import io
import json
import sys

from tests.transfer.mail.mails import BEN, KEYS, mail, write_box

FORGED = mail("2", answers="1", From=BEN, day=2)


def test_the_counts_are_those_of_every_import_and_rejects_end_with_three(cli, tmp_path):
    path = write_box(tmp_path / "old.mbox", mail("1"), mail("1"), FORGED, b"X-A: 1\n\nnothing\n")
    answer = cli("import", "mail", str(path), "--json")
    told = json.loads(answer.out)
    assert answer.code == 3
    assert list(told)[:13] == KEYS
    assert (told["kind"], told["rows"], told["created"], told["duplicates"], told["rejected"]) == (
        "mail",
        4,
        2,
        1,
        1,
    )
    assert told["rejects_file"] == str(tmp_path / "old.rejects.mbox")
    assert "old.mbox, line 29: it has no headers: this is no mail" in answer.err
    assert "Import 1; undo with: agentdesk import undo 1" in answer.err


def test_what_is_to_be_said_of_a_mail_stands_below_its_sender(cli, tmp_path):
    cli("import", "mail", str(write_box(tmp_path / "old.mbox", mail("1"), FORGED)))
    page = cli("ticket", "show", "T-1002").out
    assert "-- Ben (customer, email)" in page
    assert "! answers a conversation that its sender had no part in" in page
    (said,) = json.loads(cli("ticket", "show", "T-1002", "--json").out)["messages"]
    assert said["flags"][0].startswith("answers a conversation")


def test_a_mailbox_comes_through_a_pipe(cli, tmp_path, monkeypatch):
    data = write_box(tmp_path / "old.mbox", mail("1"), mail("2")).read_bytes()
    monkeypatch.chdir(tmp_path)

    class Pipe(io.StringIO):
        buffer = io.BytesIO(data)

    monkeypatch.setattr(io, "StringIO", lambda _text="": Pipe())
    assert json.loads(cli("import", "mail", "-", "--json").out)["created"] == 2
    assert sys.stdin.buffer is Pipe.buffer


def test_a_ticket_page_lists_the_files_of_each_message(cli, tmp_path):
    body = (
        "--b\n\nSee the file.\n--b\nContent-Disposition: attachment; filename=n.txt\n"
        "Content-Type: text/plain\n\nNine\n--b--\n"
    )
    told = mail("1", body, Content_Type="multipart/mixed; boundary=b", Mime_Version="1.0")
    cli("import", "mail", str(write_box(tmp_path / "old.mbox", told)))
    assert "   File: n.txt (4 bytes, file 1)" in cli("ticket", "show", "T-1001").out
    (said,) = json.loads(cli("ticket", "show", "T-1001", "--json").out)["messages"]
    assert said["files"] == [{"id": 1, "name": "n.txt", "media_type": "text/plain", "size": 4}]


def test_tickets_and_mails_point_to_each_other(cli, tmp_path):
    box = write_box(tmp_path / "old.mbox", mail("1"))
    assert (
        f"it is mail. Import it with: agentdesk import mail {box}" in cli("import", "tickets", str(box)).err
    )
    (tmp_path / "t.csv").write_text("id,subject\n1,x\n")
    assert "agentdesk import tickets FILE" in cli("import", "mail", str(tmp_path / "t.csv")).err


def test_what_cannot_be_imported_gets_one_sentence(cli, tmp_path):
    cli("init")
    (tmp_path / "x.png").write_bytes(b"\x89PNG\r\n\0\0")
    for words in (("missing.mbox",), (str(tmp_path / "x.png"),), (str(tmp_path), "--ours", "nobody")):
        answer = cli("import", "mail", *words)
        assert (answer.code, answer.out, answer.err.count("\n")) == (1, "", 1)
