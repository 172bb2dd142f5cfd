"""What is particular to feedback, calls, organizations and articles."""

import json
from dataclasses import replace

import pytest

from agentdesk import services
from agentdesk.queries.timelines import timeline
from agentdesk.store.reader import instant
from agentdesk.transfer.maps.toml import MapError
from agentdesk.transfer.records.importing import import_records
from agentdesk.transfer.records.order import RecordImport
from tests.transfer.records.conftest import counts, held, take_back, tuples

FEEDBACK = """Response ID,Survey type,Email,Ticket,Agent,Sent at,Answered at,Rating,Comment
1,CSAT,jo@example.com,T-1001,ben,2026-02-01,2026-02-02,4,fine
2,NPS,bo@example.com,,,2026-02-01,,10,
3,csat,nobody@example.com,T-77,zoe,2026-02-01,,,
"""
CALLS = """callid,direction,start,src,dst,agent,talk time,wait time,hold time,acw
a1,inbound,2026-02-01T10:00:00Z,+46 8 123 456 78,100,ben,3:05,12,0:00:30,1:00:00
a2,outbound-api,2026-02-01T11:00:00Z,100,0049 30 1234567,ben,95,,,
a3,inbound,2026-02-01T12:00:00Z,anonymous,100,,,,,
a4,Voice Mail,2026-02-01T12:00:00Z,+46812345678,100,,1:75,,,
"""
COMPANIES = """id,name,domains,tier,owner,notes,tags,region
A-1,ACME,acme.example;www.acme.test,gold,ben,old friend,vip,EU
A-2,Beta,@beta.example,,lea,,,
"""
ARTICLES = """id,title,body,section,labels,visibility,published,author,updated_at
7,How to return,"First this.
Then that.",Returns,"a, b",everyone,yes,ben,2026-01-01
8,Inside,For us,,,staff,draft,somebody,
"""


def test_feedback_knows_its_scale_whom_it_is_about_and_whether_it_was_answered(people, bring):
    result = bring("feedback", FEEDBACK)
    assert counts(result) == (3, 0, 0, 0, 0)
    sql = (
        "SELECT kind, customer_id, ticket_id, agent_id, score, scale_min, scale_max, verbatim, answered_at "
        "FROM feedback ORDER BY external_id"
    )
    rows = [(*row[:-1], instant(row[-1])) for row in tuples(people, sql)]
    assert [row[:8] for row in rows] == [
        ("csat", 1, 1001, 2, 4, 1, 5, "fine"),
        ("nps", 2, None, None, 10, 0, 10, ""),
        ("csat", None, None, None, None, 1, 5, ""),
    ]
    assert [row[8] and row[8].isoformat()[:10] for row in rows] == ["2026-02-02", "2026-02-01", None]


def test_feedback_stands_among_what_happened_with_its_customer(people, bring):
    bring("feedback", FEEDBACK.replace("nobody@", "jo@"))
    with people.read() as read:
        entries = [one for one in timeline(read, 1, 9).entries if one.kind == "feedback"]
    assert [(one.what, one.line) for one in entries] == [
        ("csat", "asked, not answered"),
        ("csat", "4 of 5 fine"),
    ]


def test_feedback_without_an_answer_is_refused_with_what_is_missing(bring):
    with pytest.raises(MapError) as refused:
        bring("feedback", "name,type,at\nx,csat,2026-01-01\n")
    told = str(refused.value).partition("file.csv: ")[2]
    assert told == (
        "nothing tells what anybody answered: no column is taken for score or verbatim. Draft a map with --write-map "
        'FILE.toml, and say score = "COLUMN" or verbatim = "COLUMN" in it.'
    )


def test_feedback_of_somebody_unknown_is_kept_with_the_address_and_finds_its_customer_later(people, bring):
    result = bring("feedback", FEEDBACK)
    assert any(note.startswith("Email: in 1 row it names nobody") for note in result.notes)
    (extra,) = tuples(people, "SELECT extra FROM feedback WHERE external_id = '3'")[0]
    extra = json.loads(extra) if isinstance(extra, str) else extra
    assert extra == {"Email": "nobody@example.com", "Ticket": "T-77", "Agent": "zoe"}
    with people.change() as change:
        services.create_customer(change, name="No Body", email="nobody@example.com")
    assert counts(bring("feedback", FEEDBACK)) == (0, 1, 2, 0, 0)
    assert tuples(people, "SELECT customer_id FROM feedback WHERE external_id = '3'") == [(4,)]


def test_a_score_off_the_scale_is_rejected_until_the_map_says_what_it_means(people, bring):
    text = "id,date,NPS score\n1,2026-02-01,11\n2,2026-02-01,0\n"
    result = bring("feedback", text)
    assert counts(result) == (1, 0, 0, 0, 1)
    assert "not on the scale from 0 to 10" in result.reasons[0]
    rules = '[feedback]\nexternal_id = "id"\nkind = "=nps"\nat = "date"\nscore = "NPS score"\n[values.score]\n"11" = ""\n'
    assert counts(bring("feedback", text, rules)) == (1, 0, 1, 0, 0)
    assert tuples(people, "SELECT score FROM feedback WHERE external_id = '1'") == [(None,)]


def test_feedback_without_a_kind_is_refused_because_kinds_are_never_mixed(bring):
    with pytest.raises(
        MapError, match="nothing tells what kind of feedback this is: no column is taken for kind"
    ):
        bring("feedback", "id,date,grade\n1,2026-02-01,3\n")


def test_rows_without_an_id_are_known_again_by_their_cells(people, bring):
    text = "date,csat\n2026-02-01,3\n2026-02-01,4\n2026-02-01,3\n"
    result = bring("feedback", text)
    assert counts(result) == (2, 0, 0, 1, 0)
    assert any("No column is an id" in note for note in result.notes)
    assert counts(bring("feedback", text)) == (0, 0, 2, 1, 0)


def test_a_word_that_is_not_ours_is_rejected_with_ours(bring):
    result = bring("feedback", FEEDBACK.replace("NPS", "thumbs"))
    assert counts(result) == (2, 0, 0, 0, 1)
    assert "'thumbs' is not mapped; say in [values.kind]" in result.reasons[0]


def test_calls_find_the_customer_by_the_number_at_the_other_end(people, bring):
    result = bring("calls", CALLS)
    assert counts(result) == (2, 0, 0, 0, 2)
    sql = (
        "SELECT kind, channel, customer_id, agent_id, wait_seconds, talk_seconds, hold_seconds, wrap_seconds "
        "FROM interaction ORDER BY external_id"
    )
    assert tuples(people, sql) == [
        ("call_in", "phone", 1, 2, 12, 185, 30, 3600),
        ("call_out", "phone", 2, 2, None, 95, None, None),
    ]
    assert "'anonymous' is no customer" in result.reasons[0]
    assert "talk time: '1:75' is no length of time" in result.reasons[1]
    with people.read() as read:
        assert [one.what for one in timeline(read, 1, 5).entries if one.kind == "interaction"] == ["call_in"]


def test_organizations_are_found_by_id_then_name_then_domain(people, bring):
    result = bring("organizations", COMPANIES)
    assert counts(result) == (1, 1, 0, 0, 0)
    sql = "SELECT external_id, name, tier, owner_id, notes FROM organization ORDER BY id"
    assert tuples(people, sql) == [("A-1", "ACME", "gold", 2, "old friend"), ("A-2", "Beta", "", 4, "")]
    assert counts(bring("organizations", COMPANIES)) == (0, 0, 2, 0, 0)
    assert counts(bring("organizations", "domain,tier\nbeta.example,silver\n")) == (0, 1, 0, 0, 0)
    renamed = bring("organizations", "id,name\nA-2,Beta Ltd\n")
    assert counts(renamed) == (0, 1, 0, 0, 0)
    assert tuples(people, "SELECT name, name_key, tier FROM organization WHERE id = 2") == [
        ("Beta Ltd", "beta ltd", "silver")
    ]


def test_the_tier_of_an_organization_moves_its_open_tickets(people, bring):
    ranks = "SELECT tier_rank FROM ticket"
    assert tuples(people, ranks) == [(9,)]
    result = bring("organizations", COMPANIES)
    assert tuples(people, ranks) == [(2,)]
    take_back(people, result)
    assert tuples(people, ranks) == [(9,)]


def test_a_name_belongs_to_one_organization(people, bring):
    bring("organizations", COMPANIES)
    taken = bring("organizations", "id,name\nA-2,acme\n")
    assert counts(taken) == (0, 0, 0, 0, 1)
    assert "is the name of another organization" in taken.reasons[0]
    twice = bring("organizations", "id,name\nB-1,Gamma\nB-2,GAMMA\n")
    assert counts(twice) == (1, 0, 0, 0, 1)
    assert "is the name of an earlier row too" in twice.reasons[0]


def test_rows_about_one_organization_in_several_ways_are_one(people, bring):
    text = "id,name,domains\n,Gamma,gamma.example\n,gamma,\n,,gamma.example\n,,nowhere.example\n"
    rehearsed = bring("organizations", text, dry_run=True)
    result = bring("organizations", text)
    assert counts(rehearsed) == counts(result) == (1, 0, 0, 2, 1)
    assert "a new one needs a name" in result.reasons[0]


def test_an_id_that_was_first_told_beside_a_domain_stays_with_the_organization_of_that_domain(people, bring):
    text = "id,name,domain\n,Gamma,gamma.example\n3,,gamma.example\n3,Delta,\n"
    assert counts(bring("organizations", text)) == (1, 0, 0, 2, 0)
    assert counts(bring("organizations", text)) == (0, 0, 1, 2, 0)


def test_an_organization_that_somebody_belongs_to_by_now_stays_and_is_listed(people, bring):
    result = bring("organizations", COMPANIES)
    with people.change() as change:
        services.edit_customer(change, 2, {"organization": "Beta"})
    assert "organization 2 (still needed by customer 2)" in take_back(people, result).left
    assert tuples(people, "SELECT external_id, tier FROM organization WHERE id = 1") == [(None, "")]


def test_articles_are_found_by_their_title_where_nobody_told_an_id(people, bring):
    with people.change() as change:
        services.add_article(change, title="How to return", body="old")
    before = held(people)
    result = bring("articles", ARTICLES)
    assert counts(result) == (1, 1, 0, 0, 0)
    sql = "SELECT external_id, body, category, audience, author_id FROM kb_article ORDER BY id"
    assert tuples(people, sql) == [
        ("7", "First this.\nThen that.", "Returns", "public", 2),
        ("8", "For us", "", "internal", None),
    ]
    assert [bool(one) for (one,) in tuples(people, "SELECT is_published FROM kb_article ORDER BY id")] == [
        True,
        False,
    ]
    assert counts(bring("articles", ARTICLES)) == (0, 0, 2, 0, 0)
    take_back(people, result)
    assert held(people) == before


def test_two_articles_of_one_title_with_ids_of_their_own_are_two(people, bring):
    text = "id,title,body\n1,Same,one\n2,Same,two\n"
    assert counts(bring("articles", text)) == (2, 0, 0, 0, 0)
    assert counts(bring("articles", text)) == (0, 0, 2, 0, 0)
    assert counts(bring("articles", "title,body\nSame,one\n")) == (0, 0, 1, 0, 0)


def test_a_row_that_says_something_else_than_an_earlier_one_is_named_by_its_line(people, bring):
    again = "1,CSAT,jo@example.com,T-1001,ben,2026-02-01,,,\n"
    result = bring("feedback", FEEDBACK + again + FEEDBACK.splitlines()[1] + "\n" + again)
    assert counts(result) == (3, 0, 0, 3, 0)
    assert "other values: 2 (line 5, line 7); the first of each stands." in " ".join(result.notes)
    assert result.as_json()["differing_lines"] == [5, 7]


def test_of_a_url_or_an_address_only_the_domain_of_an_organization_is_kept(people, bring):
    table = "name,website\nAcme Ltd,https://www.Acme.example:443/about?x=1#y\nBeta,mailto:info@beta.example; //c.example.\n"
    bring("organizations", table)
    told = tuples(
        people, "SELECT CAST(domains AS TEXT) FROM organization WHERE CAST(domains AS TEXT) <> '[]'"
    )
    assert [json.loads(one) for (one,) in told] == [["acme.example"], ["beta.example", "c.example"]]
    assert counts(bring("organizations", "domains,notes\nacme.example,old\n")) == (0, 1, 0, 0, 0)


def test_a_call_whose_only_number_is_the_desks_own_is_told_with_it(people, bring):
    table = "callid,direction,start,Caller,duration\n1,outbound,2026-02-01T10:00:00Z,+46812345678,9\n"
    result = bring("calls", table)
    assert counts(result) == (0, 0, 0, 0, 1)
    assert result.reasons[0].startswith(
        "line 2: Caller: '+46812345678' is who called, and of a call that went out"
    )


def test_an_import_that_begins_anew_tells_of_the_unfinished_one_of_its_file(people, tmp_path, monkeypatch):
    monkeypatch.setattr("agentdesk.transfer.records.run.ROWS_AT_ONCE", 1)

    def stop(done: int, _total: int | None) -> None:
        raise KeyboardInterrupt

    file = tmp_path / "companies.csv"
    file.write_text(COMPANIES, encoding="utf-8")
    path = RecordImport("organizations", file)
    with pytest.raises(KeyboardInterrupt):
        import_records(people, path, stop)
    result = import_records(people, replace(path, on_match="skip"))
    assert "Import 2 of the same file, ordered otherwise, is unfinished" in result.notes[-1]
