"""What was said on tickets comes from a second file: for each comment or for each ticket, as JSON or as a table."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from agentdesk.desk import Desk
from agentdesk.transfer.result import ImportResult, ImportStopped
from agentdesk.transfer.tickets.comments import CommentsRefusedError
from agentdesk.transfer.tickets.importing import TicketImport, import_tickets, resume_tickets
from agentdesk.transfer.unfinished import ResumeError
from tests.transfer.tickets.help_desks import FRESHDESK, OSTICKET, ZAMMAD, ZENDESK, ZENDESK_CSV, lines

Bring = Callable[..., ImportResult]
SAID = [
    {
        "id": 1,
        "author_id": 900,
        "public": True,
        "plain_body": "It is dark.",
        "created_at": "2026-02-01T09:00:00Z",
    },
    {
        "id": 2,
        "author_id": 700,
        "public": False,
        "plain_body": "Known.",
        "created_at": "2026-02-01T09:30:00Z",
    },
]
TALK = (
    "SELECT external_id, author_kind, visibility, body FROM (SELECT ticket.external_id, author_kind, visibility, body, "
    "message.at, message.id FROM message JOIN ticket ON ticket.id = ticket_id) AS said ORDER BY external_id, at, id"
)
WHOLE = [("21", "customer", "public", "It is dark."), ("21", "agent", "internal", "Known.")]


@pytest.fixture
def bring(desk: Desk, tmp_path: Path) -> Bring:
    """Imports a text, or what stands for it in JSON, with a second one."""

    def bring_in(told: Any, said: Any, **options: Any) -> ImportResult:
        path, comments = tmp_path / "tickets", tmp_path / "comments"
        for file, text in ((path, told), (comments, said)):
            file.write_text(text if isinstance(text, str) else json.dumps(text), encoding="utf-8", newline="")
        return import_tickets(desk, TicketImport(path, None, comments=comments, **options))

    return bring_in


def talk(desk: Desk) -> list[tuple[Any, ...]]:
    with desk.read() as read:
        return read.tuples(TALK)


@pytest.mark.parametrize(
    "said",
    [
        [{**one, "ticket_id": 21} for one in SAID],
        lines([{**one, "ticket_id": "21"} for one in SAID]),
        {"comments": [{**one, "ticket_id": 21} for one in SAID]},
        [{"ticket_id": 21, "comments": SAID}],
        [{"id": 21, "comments": SAID}],
        (
            "ticket_id,id,author_id,public,body,created_at\n"
            "21,1,900,true,It is dark.,2026-02-01T09:00:00Z\n21,2,700,false,Known.,2026-02-01T09:30:00Z\n"
        ),
    ],
    ids=["list", "lines", "member", "by ticket", "by id of a ticket", "table"],
)
def test_comments_of_a_second_file_are_the_conversation_of_a_table(
    desk: Desk, bring: Bring, said: Any
) -> None:
    bring(ZENDESK_CSV, said)
    assert talk(desk) == WHOLE
    again = bring(ZENDESK_CSV, said)
    assert again.counts.unchanged == again.counts.rows == 2
    assert talk(desk) == WHOLE


def test_comments_that_stand_in_both_files_are_said_once(desk: Desk, bring: Bring) -> None:
    bring(ZENDESK, [{**one, "ticket_id": 11} for one in ZENDESK["tickets"][0]["comments"]])
    assert [row[0] for row in talk(desk)].count("11") == 3


def test_articles_of_zammad_name_their_ticket_by_its_second_id(desk: Desk, bring: Bring) -> None:
    articles = [{**one, "ticket_id": 5} for one in ZAMMAD[0]["articles"]]
    bring([{key: value for key, value in one.items() if key != "articles"} for one in ZAMMAD], articles)
    assert [row[0] for row in talk(desk)] == ["22005"] * 3


def test_conversations_of_freshdesk_come_from_a_second_file(desk: Desk, bring: Bring) -> None:
    ticket = {**FRESHDESK[0], "conversations": []}
    said = {**FRESHDESK[0]["conversations"][0], "deleted": False, "ticket_id": 31}
    bring([ticket], [said])
    assert [row[3] for row in talk(desk)] == ["My cart\nis empty.", "Gone."]


def test_comments_of_other_tickets_are_told_and_left_out(desk: Desk, bring: Bring) -> None:
    done = bring(ZENDESK_CSV, [{**one, "ticket_id": 99} for one in SAID])
    assert talk(desk) == []
    assert any(
        "whose ticket is not among those imported, left out: 2 (of tickets '99')" in one for one in done.notes
    )


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ([SAID[0]], "line 1, item 1 names no ticket in 'ticket_id'"),
        ('{"ticket_id": 21, "id": 1}\n{"ticket_id": 21,,}\n', "line 2"),
    ],
)
def test_a_comment_without_a_place_refuses_the_whole(desk: Desk, bring: Bring, said: Any, told: str) -> None:
    with pytest.raises(CommentsRefusedError, match=told):
        bring(ZENDESK_CSV, said)
    with desk.read() as read:
        assert read.value("SELECT count(*) FROM ticket") == 0


def test_a_system_whose_map_has_no_conversations_says_so(bring: Bring) -> None:
    with pytest.raises(CommentsRefusedError, match="nothing says how comments of osTicket are written"):
        bring(OSTICKET, SAID)


def test_a_comment_that_cannot_be_read_rejects_its_ticket_alone(desk: Desk, bring: Bring) -> None:
    done = bring(ZENDESK_CSV, [{**SAID[0], "ticket_id": 21, "created_at": "soon"}])
    assert (done.counts.created, done.counts.rejected) == (1, 1)
    assert "comments 1, created_at: 'soon'" in done.reasons[0]


def test_an_import_goes_on_with_the_comments_it_began_with_alone(
    desk: Desk, bring: Bring, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("agentdesk.transfer.tickets.importing.ROWS_AT_ONCE", 1)
    said = [{**one, "ticket_id": 21} for one in SAID]

    def stop(done: int, total: int | None) -> None:
        if total and done == 1:
            raise KeyboardInterrupt

    path, comments = tmp_path / "tickets", tmp_path / "comments"
    path.write_text(ZENDESK_CSV, newline="")
    comments.write_text(json.dumps(said))
    with pytest.raises(ImportStopped) as stopped:
        import_tickets(desk, TicketImport(path, None, comments=comments), stop)
    number = stopped.value.batch
    assert number is not None
    comments.write_text(json.dumps(said[:1]))
    with pytest.raises(ResumeError, match="is not the file of comments"):
        resume_tickets(desk, number)
    comments.write_text(json.dumps(said))
    done = resume_tickets(desk, number)
    assert (done.batch, done.counts.created) == (number, 2)
    assert talk(desk) == WHOLE


def test_a_table_alone_takes_back_nothing_that_its_comments_told(
    desk: Desk, bring: Bring, tmp_path: Path
) -> None:
    said = [{**one, "ticket_id": 21, "public": True} for one in SAID]
    bring(ZENDESK_CSV, said)
    sql = "SELECT reply_count, last_reply_at, first_replied_at FROM ticket ORDER BY id"
    with desk.read() as read:
        replies = read.tuples(sql)
    alone = TicketImport(tmp_path / "tickets", None)
    for again in (import_tickets(desk, alone), bring(ZENDESK_CSV, said), import_tickets(desk, alone)):
        assert (again.counts.updated, again.counts.unchanged) == (0, 2)
    with desk.read() as read:
        assert read.tuples(sql) == replies
