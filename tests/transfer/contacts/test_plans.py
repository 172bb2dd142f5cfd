import json
from contextlib import closing
from pathlib import Path

import pytest

from agentdesk import services
from agentdesk.domain.actor import Actor
from agentdesk.domain.errors import InvalidValueError, NotPermittedError
from agentdesk.domain.vocabulary import Role
from agentdesk.transfer.contacts.expected import PlanMovedError
from agentdesk.transfer.contacts.order import ContactImport
from agentdesk.transfer.contacts.plan_book import PlanBook
from agentdesk.transfer.contacts.plan_file import PlanError, write_plan
from agentdesk.transfer.contacts.plan_words import cleared_lines, section
from agentdesk.transfer.contacts.plans import apply_plan, plan_contacts
from agentdesk.transfer.outcome import outcome_of
from tests.transfer.stock import bring_in, content, counts, customers, write_table

ANN = {"id": "C-1", "name": "Ann Lee", "email": "ann@x.example", "title": "Buyer", "company": "Acme"}
BO = {"name": "Bo Kim", "email": "bo@x.example"}
CY = {"name": "Cy Fox", "email": "cy@x.example", "notes": "two\nlines"}


@pytest.fixture
def table(tmp_path: Path):
    return lambda *rows: write_table(tmp_path / "people.csv", list(rows))


def planned(desk, path: Path, **options) -> tuple[Path, list]:
    """The plan of a file, saved, and its outcomes."""
    options.setdefault("rejects", path.with_suffix(".rejects.csv"))
    place = path.with_suffix(".plan")
    with closing(PlanBook()) as book:
        head, _ = plan_contacts(desk, ContactImport(path, **options), book)
        write_plan(place, head, book.lines())
        return place, [outcome_of(line) for line in book.lines()]


def told(outcomes: list) -> list[tuple]:
    return [(one.line, one.kind, one.name) for one in outcomes]


def test_a_plan_tells_of_every_row_what_would_become_of_it(desk, table):
    bring_in(desk, table(ANN, BO))
    before = content(desk)
    path = table(
        {**ANN, "name": "Ann Lee-Smith", "email": "ann@new.example", "title": "", "company": "Other Co"},
        BO,
        CY,
        {"name": "Dee", "email": "dee@@x"},
        {"name": "C. Fox", "email": "cy@x.example", "phone": "+46 8 123 456"},
    )
    _, outcomes = planned(desk, path, blank="clear")
    assert told(outcomes) == [
        (2, "changed", "Ann Lee"),
        (3, "unchanged", "Bo Kim"),
        (4, "new", "Cy Fox"),
        (6, "rejected", ""),
        (7, "duplicate", "Cy Fox"),
    ]
    ann, bo, _, dee, fold = outcomes
    assert [(one.field, one.before, one.after) for one in ann.changes] == [
        ("name", "Ann Lee", "Ann Lee-Smith"),
        ("title", "Buyer", ""),
        ("organization", "Acme", "Other Co"),
        ("email", ["ann@x.example"], ["ann@new.example", "ann@x.example"]),
    ]
    assert (ann.row_id, ann.version, ann.cleared, bo.changes) == (1, 1, ("title",), ())
    assert (dee.column, dee.value) == ("email", "dee@@x")
    assert (fold.into, [one.field for one in fold.changes]) == (4, ["phone"])
    assert content(desk) == before
    assert list(section("duplicate", [fold])) == [
        "into line 4  Cy Fox",
        "    line 7 adds phone: (nothing) → +46 8 123 456; drops name: C. Fox",
    ]
    assert cleared_lines(ann) == ["line 2  Ann Lee (customer 1)", "    title: Buyer → (nothing)"]


def test_what_was_planned_is_applied_and_cannot_be_applied_twice(desk, table):
    place, outcomes = planned(desk, table(ANN, BO, BO))
    result = apply_plan(desk, place)
    assert counts(result) == (2, 0, 0, 1, 0)
    assert [one["name"] for one in customers(desk)] == ["Ann Lee", "Bo Kim"]
    assert len(outcomes) == 3
    with pytest.raises(PlanMovedError, match=r"this plan was applied, import 1\."):
        apply_plan(desk, place)


def test_what_happened_to_others_since_does_not_matter(desk, table):
    bring_in(desk, table(ANN, BO))
    place, _ = planned(desk, table({**ANN, "title": "Chief"}, CY))
    with desk.change() as change:
        services.edit_customer(change, 2, {"title": "Baker"})
        services.create_customer(change, name="Walk-in")
    assert counts(apply_plan(desk, place)) == (1, 1, 0, 0, 0)


def test_a_plan_is_refused_where_somebody_it_would_make_is_there_by_now(desk, table):
    place, _ = planned(desk, table(BO, CY))
    with desk.change() as change:
        services.create_customer(change, name="Cy", email="cy@x.example")
    before = content(desk)
    with pytest.raises(PlanMovedError, match=r"line 3 \(Cy\) would be changed now, and was new"):
        apply_plan(desk, place)
    assert content(desk) == before


def test_a_file_that_is_another_one_by_now_is_refused(desk, table, tmp_path):
    path = table(BO)
    place, _ = planned(desk, path)
    moved = tmp_path / "moved.csv"
    moved.write_bytes(path.read_bytes())
    path.write_bytes(path.read_bytes() + b",Eve,eve@x.example\n")
    with pytest.raises(PlanMovedError, match="is not the file that was planned"):
        apply_plan(desk, place)
    assert customers(desk) == []
    assert counts(apply_plan(desk, place, moved)) == (1, 0, 0, 0, 0)


def test_a_desk_that_moves_on_while_a_plan_is_applied_stops_it_at_that_row(desk, table, monkeypatch):
    monkeypatch.setattr("agentdesk.transfer.pace.ALONE", 1)
    bring_in(desk, table(ANN, BO))
    place, _ = planned(desk, table({**ANN, "title": "Chief"}, {**BO, "title": "Chief"}, CY))

    def work(done: int, _total: int | None) -> None:
        if done == 1:
            with desk.change() as change:
                services.edit_customer(change, 2, {"title": "Baker"})

    with pytest.raises(PlanMovedError, match=r"customer 2 was changed since\. The 1 rows before .* undo 2`"):
        apply_plan(desk, place, progress=work)
    assert [one["title"] for one in customers(desk)] == ["Chief", "Baker"]
    with desk.read() as read:
        assert read.tuples("SELECT state, rows FROM import_batch WHERE id = 2") == [("interrupted", 1)]


def test_an_applied_plan_that_was_killed_is_gone_on_with_by_applying_it_again(desk, table, monkeypatch):
    monkeypatch.setattr("agentdesk.transfer.pace.ALONE", 1)
    place, _ = planned(desk, table(ANN, BO, CY, {**ANN, "phone": "+49 30 1234567"}))

    def stop(done: int, _total: int | None) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        apply_plan(desk, place, progress=stop)
    assert counts(apply_plan(desk, place)) == (3, 0, 0, 1, 0)
    with desk.read() as read:
        assert read.value("SELECT count(*) FROM import_batch") == 1


@pytest.mark.parametrize("text", ["", "name,email\n", "{}\n", '{"agentdesk_plan": 1}\n', "[1]\n"])
def test_what_is_no_plan_is_said_to_be_none_and_never_written_over(desk, table, tmp_path, text):
    place = tmp_path / "people.plan"
    place.write_text(text, encoding="utf-8")
    with pytest.raises(PlanError, match="no plan"):
        apply_plan(desk, place)
    if text:
        with pytest.raises(PlanError, match="it is kept"):
            planned(desk, table(BO))
        assert place.read_text(encoding="utf-8") == text


def test_a_plan_that_was_cut_or_written_into_is_refused(desk, table):
    place, _ = planned(desk, table(BO, CY))
    lines = place.read_text(encoding="ascii").splitlines()
    for wrong in (lines[:2], [*lines, lines[-1]], lines[:1]):
        place.write_text("\n".join(wrong) + "\n", encoding="ascii")
        with pytest.raises(PlanError, match="is damaged"):
            apply_plan(desk, place)
    for wrong in ([lines[0], "nonsense", lines[2]], [lines[0], lines[2], lines[1]]):
        place.write_text("\n".join(wrong) + "\n", encoding="ascii")
        with pytest.raises(PlanMovedError):
            apply_plan(desk, place)
    assert customers(desk) == []


def test_standard_input_cannot_be_planned(desk):
    with closing(PlanBook()) as book, pytest.raises(PlanError, match="name a file"):
        plan_contacts(desk, ContactImport(None), book)


def test_only_who_may_import_plans_and_applies(desk, table):
    place, _ = planned(desk, table(BO))
    desk.actor = Actor(2, "ben", "Ben", Role.AGENT)
    with pytest.raises(NotPermittedError):
        planned(desk, table(BO))
    with pytest.raises(NotPermittedError):
        apply_plan(desk, place)


def test_foreign_text_of_a_plan_is_one_plain_line_each(desk, table):
    evil = {
        "name": "Eve \x1b[31m\u202e",
        "email": "eve@x.example",
        "notes": "one\ntwo\x07",
        "shoe size": "[red]",
    }
    place, outcomes = planned(desk, table(evil))
    assert place.read_bytes().isascii()
    (line,) = section("new", outcomes)
    assert line.isprintable()
    head, *rest = place.read_text(encoding="ascii").splitlines()
    assert json.loads(head)["counts"]["rows"] == len(rest) == 1


@pytest.mark.parametrize("rules", ["colour=desk", "name", "name=ours", "name=desk;email=file"])
def test_survivor_rules_that_cannot_be_followed_are_refused(desk, table, rules):
    with pytest.raises(InvalidValueError):
        bring_in(desk, table(BO), survivor=rules)


def test_survivor_rules_decide_field_by_field_whose_word_stands(desk, table):
    bring_in(desk, table({**ANN, "phone": "+49 30 1234567", "notes": "", "tags": "vip"}))
    news = {
        **ANN,
        "name": "A. Lee",
        "email": "ann@new.example",
        "phone": "+49 30 7654321",
        "title": "Chief",
        "notes": "tea",
        "tags": "eu",
        "company": "Other Co",
    }
    bring_in(desk, table(news), survivor="name=desk, email=fill, tags=desk, notes=fill, title=fill, *=file")
    (ann,) = customers(desk)
    assert (ann["name"], ann["email"], ann["phone"]) == ("Ann Lee", "ann@x.example", "+49 30 7654321")
    assert (ann["title"], ann["notes"], ann["tags"], ann["organization"]) == (
        "Buyer",
        "tea",
        ["vip"],
        "Other Co",
    )
    assert [way[2] for way in ann["ways"] if way[0] == "email"] == ["ann@x.example", "ann@new.example"]


def test_what_a_repeated_row_says_in_vain_is_told_on_its_line_and_counted_after_the_import(desk, table):
    path = table(
        {**ANN, "notes": "first", "city": "Ulm"},
        {**ANN, "company": "Acme AG", "notes": "second", "phone": "+46 8 123 456", "city": "Bonn"},
        {"name": "Jo", "notes": "plumber"},
        {"name": "Jo", "notes": "dentist"},
        {**ANN, "name": "Sue O'Neil", "company": "ACME"},
        {**ANN, "name": "ann  LEE"},
    )
    _, outcomes = planned(desk, path)
    again = [outcome_of(one.as_line()) for one in outcomes]
    assert list(section("duplicate", [again[1], again[4], again[5], again[3]])) == [
        "into line 2  Ann Lee",
        "    line 3 adds phone: (nothing) → +46 8 123 456; drops organization: Acme AG, notes: second, city: Bonn",
        "    line 6 adds nothing; drops name: Sue O'Neil",
        "    line 7 adds nothing",
        "into line 4  Jo",
        "    line 5 adds nothing; drops notes: dentist",
    ]
    assert bring_in(desk, path).notes[-1].startswith("3 repeated rows said something else than the first row")


@pytest.mark.parametrize("size", [1, 3])
def test_what_a_repeated_row_says_in_vain_is_the_same_wherever_portions_begin(desk, table, monkeypatch, size):
    path = table(ANN, {**ANN, "title": "Chief", "company": "Acme AG"}, {**ANN, "company": "acme"})
    place, _ = planned(desk, path)
    monkeypatch.setattr("agentdesk.transfer.pace.ALONE", size)
    assert "1 repeated row said" in " ".join(apply_plan(desk, place).notes)


def test_a_repeated_row_that_fills_a_customer_of_before_is_told(desk, table):
    bring_in(desk, table(BO))
    result = bring_in(desk, table(BO, {**BO, "title": "Baker"}))
    assert counts(result) == (0, 0, 1, 1, 0)
    assert "1 repeated row added something to a customer who was there before" in result.notes[-1]


def test_what_a_later_row_fills_again_is_not_told_as_cleared(desk, table):
    bring_in(desk, table({**ANN, "notes": "long"}, {**BO, "title": "Baker"}))
    blank = {**ANN, "title": "", "notes": ""}
    path = table(blank, {**ANN, "title": "Chief", "notes": ""}, BO, {**BO, "title": "Boss"})
    with closing(PlanBook()) as book:
        plan_contacts(desk, ContactImport(path, blank="clear"), book)
        assert [one.cleared for one in book.all_of("cleared")] == [("notes",)]
        assert book.count("cleared") == 1
