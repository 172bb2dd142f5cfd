import json
from pathlib import Path

import pytest

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.domain.actor import Actor
from agentdesk.domain.errors import InvalidValueError, NotPermittedError
from agentdesk.domain.vocabulary import Role
from agentdesk.services.undo import undo_batch
from agentdesk.transfer.refusals import FileRefusedError
from agentdesk.transfer.rejects import default_rejects_path
from tests.transfer.stock import bring_in, content, counts, customers, write_table
from tests.transfer.tables import SHARED

needs_data = pytest.mark.skipif(not SHARED.exists(), reason="the shared data is not here")


def rows_of(desk: Desk, sql: str, **params) -> list[tuple]:
    with desk.read() as read:
        return [tuple(row) for row in read.tuples(sql, params)]


@pytest.fixture
def table(tmp_path: Path):
    return lambda *rows: write_table(tmp_path / "people.csv", list(rows))


ANN = {
    "id": "C-1",
    "name": "Ann  Lee",
    "email": "Ann.Lee@Example.com",
    "phone": "+49 30 1234567",
    "company": "Acme, Inc.",
    "title": "Buyer",
    "tags": "vip, eu",
    "notes": "likes tea",
    "city": "Berlin",
    "shoe size": "38",
}


def test_a_contact_is_written_with_everything_the_row_says(desk, table):
    result = bring_in(desk, table(ANN))
    assert counts(result) == (1, 0, 0, 0, 0)
    assert result.rejects_file is None
    assert customers(desk) == [
        {
            "external_id": "C-1",
            "name": "Ann Lee",
            "name_key": "ann lee",
            "email": "ann.lee@example.com",
            "phone": "+49 30 1234567",
            "organization": "Acme, Inc.",
            "title": "Buyer",
            "notes": "likes tea",
            "tags": ["vip", "eu"],
            "extra": {"city": "Berlin", "shoe size": "38"},
            "ways": [
                ("email", "Ann.Lee@Example.com", "ann.lee@example.com", "", True),
                ("phone", "+49 30 1234567", "+49301234567", "", True),
            ],
        }
    ]


def test_the_journal_holds_what_an_ordinary_change_would_write_but_for_the_ways_the_customer_tells(
    desk, table
):
    bring_in(desk, table(ANN))
    with desk.change() as change:
        services.create_customer(
            change,
            name="Ann Lee",
            email="ann@elsewhere.example",
            phone="+49 30 1234567",
            organization="Acme, Inc.",
            external_id="C-2",
            title="Buyer",
            notes="likes tea",
            tags=["vip", "eu"],
        )
    sql = "SELECT entity, customer_id, event, is_main, after FROM journal WHERE customer_id IS NOT NULL ORDER BY id"
    told: dict[int, dict[tuple, dict]] = {1: {}, 2: {}}
    for entity, owner, event, is_main, after in rows_of(desk, sql):
        fields = json.loads(after) if isinstance(after, str) else after
        row = told[owner].setdefault((entity, event, bool(is_main), fields.get("kind")), {})
        row.update(
            {**fields, **dict.fromkeys(("id", "customer_id", "external_id", "email", "value", "normalised"))}
        )
        row.pop("extra", None)
    assert told[1] == {key: row for key, row in told[2].items() if key[0] == "customer"}


def test_a_way_that_the_row_of_a_new_customer_does_not_repeat_has_its_own_in_the_journal(desk, table):
    bring_in(desk, table({**ANN, "email": "ann@example.com; ann@home.example"}))
    bring_in(desk, table({**ANN, "email": "ann@example.com", "phone": "+49 30 7654321"}))
    rows = rows_of(
        desk, "SELECT event, is_main, after FROM journal WHERE entity = 'contact_point' ORDER BY id"
    )
    told = [
        (event, bool(main), json.loads(after) if isinstance(after, str) else after)
        for event, main, after in rows
    ]
    assert [(event, main, after["normalised"]) for event, main, after in told if "normalised" in after] == [
        ("customer.created", False, "ann@home.example"),
        ("customer.changed", False, "+49307654321"),
    ]


def test_rows_of_one_address_fold_into_the_first_which_keeps_the_last_word(desk, table):
    result = bring_in(
        desk,
        table(
            {"name": "Ann Lee", "email": "ann@example.com", "title": "Buyer", "tags": "vip"},
            {
                "name": "A. Lee",
                "email": " ANN@example.COM",
                "title": "Chief",
                "notes": "tea",
                "phone": "030 77 88",
                "tags": "eu",
            },
        ),
    )
    assert counts(result) == (1, 0, 0, 1, 0)
    (ann,) = customers(desk)
    assert (ann["name"], ann["title"], ann["notes"], ann["phone"]) == ("Ann Lee", "Buyer", "tea", "030 77 88")
    assert ann["tags"] == ["vip", "eu"]


def test_the_same_file_again_changes_nothing(desk, table):
    path = table(ANN, {**ANN, "email": "ann@home.example"}, {"name": "Only Name"}, {"name": "Only Name"})
    assert counts(bring_in(desk, path)) == (2, 0, 0, 2, 0)
    before = content(desk)
    number = rows_of(desk, "SELECT count(*) FROM journal")
    assert counts(bring_in(desk, path)) == (0, 0, 2, 2, 0)
    assert content(desk) == before
    assert rows_of(desk, "SELECT count(*) FROM journal") == number


def test_a_known_customer_is_brought_up_to_date_and_blank_cells_keep_what_there_is(desk, table):
    bring_in(desk, table(ANN))
    moved = {"id": "C-1", "name": "Ann Lee-Smith", "email": "ann@new.example", "title": "", "city": "Paris"}
    assert counts(bring_in(desk, table(moved))) == (0, 1, 0, 0, 0)
    (ann,) = customers(desk)
    assert (ann["name"], ann["email"], ann["title"], ann["notes"]) == (
        "Ann Lee-Smith",
        "ann@new.example",
        "Buyer",
        "likes tea",
    )
    assert ann["extra"] == {"city": "Paris", "shoe size": "38"}
    assert [(way[2], way[4]) for way in ann["ways"]] == [
        ("ann.lee@example.com", False),
        ("+49301234567", True),
        ("ann@new.example", True),
    ]
    assert rows_of(desk, "SELECT version FROM customer") == [(2,)]


def test_blank_cells_clear_what_they_say_when_asked_but_never_a_way_to_reach_somebody(desk, table):
    bring_in(desk, table(ANN))
    assert counts(bring_in(desk, table({"id": "C-1", "name": "Ann Lee"}), blank="clear")) == (0, 1, 0, 0, 0)
    (ann,) = customers(desk)
    assert (ann["title"], ann["notes"], ann["organization"], ann["tags"], ann["extra"]) == (
        "",
        "",
        None,
        [],
        {},
    )
    assert (ann["email"], ann["phone"]) == ("ann.lee@example.com", "+49 30 1234567")


def test_known_customers_can_be_left_alone(desk, table):
    bring_in(desk, table(ANN))
    before = content(desk)
    new = {"name": "Bo", "email": "bo@example.com"}
    path = table({**ANN, "title": "Chief"}, {**ANN, "notes": "more", "phone": "+49 30 999999"}, new)
    assert counts(bring_in(desk, path, on_match="skip", dry_run=True)) == (1, 0, 1, 1, 0)
    assert counts(bring_in(desk, path, on_match="skip")) == (1, 0, 1, 1, 0)
    assert [row for row in content(desk)["customer"] if row in before["customer"]] == before["customer"]


def test_known_customers_can_be_refused(desk, table):
    bring_in(desk, table(ANN))
    result = bring_in(desk, table(ANN, {"name": "Bo", "email": "bo@example.com"}), on_match="fail")
    assert counts(result) == (1, 0, 0, 0, 1)
    text = Path(result.rejects_file).read_text(encoding="utf-8")
    assert "is a customer already: Ann Lee (customer 1)" in text


@pytest.mark.parametrize("phone", ["", "12"])
def test_nothing_but_an_id_makes_nobody_and_finds_whom_it_names(desk, table, phone):
    result = bring_in(desk, table({"id": "C-9", "title": "Buyer", "phone": phone}))
    assert counts(result) == (0, 0, 0, 0, 1)
    [reason] = result.reasons
    assert reason.startswith(
        "line 2: id: 'C-9' is nothing but an id, and no customer here has it; add a name"
    )
    bring_in(desk, table(ANN))
    assert counts(bring_in(desk, table({"id": "C-1", "title": "Chief"}))) == (0, 1, 0, 0, 0)
    assert rows_of(desk, "SELECT name, title FROM customer") == [("Ann Lee", "Chief")]


def test_numbers_that_nobody_can_call_are_counted_in_a_note(desk, table):
    result = bring_in(desk, table(ANN | {"phone": "12"}, {"name": "Bo", "phone": "ask him"}, {"name": "Cy"}))
    assert (
        "2 rows have phone numbers that nobody can call (the first in line 2: '12'): kept as extra fields."
        in result.notes
    )
    assert [one["extra"].get("phone (no number)") for one in customers(desk)] == ["12", "ask him", None]
    assert not rows_of(desk, "SELECT value FROM contact_point WHERE kind = 'phone'")
    one = bring_in(desk, table({"name": "Dee", "phone": "7"}))
    assert "1 row has a phone number that nobody can call (line 2: '7'): kept as an extra field." in one.notes


def test_an_address_of_one_customer_with_the_id_of_another_is_refused_naming_both(desk, table):
    bring_in(desk, table(ANN, {"id": "C-2", "name": "Bo", "email": "bo@example.com"}))
    result = bring_in(desk, table({**ANN, "id": "C-2"}))
    assert counts(result) == (0, 0, 0, 0, 1)
    text = Path(result.rejects_file).read_text(encoding="utf-8")
    assert "Ann Lee (customer 1)" in text
    assert "Bo (customer 2)" in text


def test_two_addresses_of_different_customers_are_refused(desk, table):
    bring_in(desk, table({"name": "Ann", "email": "a@x.example"}, {"name": "Bo", "email": "b@x.example"}))
    assert counts(bring_in(desk, table({"name": "Cy", "email": "a@x.example; b@x.example"}))) == (
        0,
        0,
        0,
        0,
        1,
    )


def test_a_second_external_id_of_the_same_address_is_noted_and_replaces_nothing(desk, table):
    bring_in(desk, table(ANN, {**ANN, "id": "C-9"}))
    (ann,) = customers(desk)
    assert ann["external_id"] == "C-1"
    assert ann["extra"]["other_external_ids"] == ["C-9"]


def test_a_phone_number_finds_the_one_customer_of_that_name(desk, table):
    bring_in(desk, table({"name": "Ann Lee", "phone": "+49 30 1234567"}))
    assert counts(
        bring_in(desk, table({"name": "ann lee", "phone": "0049 (30) 123-4567", "email": "ann@x.example"}))
    ) == ((0, 1, 0, 0, 0))
    assert len(customers(desk)) == 1


@pytest.mark.parametrize(
    "row",
    [
        {"name": "Ann Lee", "phone": "+49 30 1234567", "email": "other@x.example"},
        {"name": "Bo Kim", "phone": "+49 30 1234567"},
        {"id": "C-9", "name": "Ann Lee", "phone": "+49 30 1234567"},
    ],
)
def test_a_phone_number_never_joins_what_name_address_or_id_keep_apart(desk, table, row):
    bring_in(desk, table(ANN))
    assert counts(bring_in(desk, table(row))) == (1, 0, 0, 0, 0)


def test_a_shared_phone_number_is_never_guessed(desk, table):
    bring_in(
        desk,
        table(
            {"name": "Ann", "email": "a@x.example", "phone": "+49 30 1234567"},
            {"name": "Bo", "email": "b@x.example", "phone": "+49 30 1234567"},
        ),
    )
    assert counts(bring_in(desk, table({"phone": "+49 30 1234567", "notes": "called"}))) == (1, 0, 0, 0, 0)
    assert counts(bring_in(desk, table({"phone": "+49 30 1234567", "notes": "called"}))) == (0, 0, 1, 0, 0)


def test_keys_that_do_not_match_still_belong_to_one_customer(desk, table):
    bring_in(desk, table(ANN))
    result = bring_in(desk, table({"name": "Bo", "email": ANN["email"]}), match=("external_id",))
    assert counts(result) == (0, 0, 0, 0, 1)
    assert "Ann Lee (customer 1)" in Path(result.rejects_file).read_text(encoding="utf-8")


def test_a_dry_run_says_the_same_and_writes_nothing(desk, table, monkeypatch):
    monkeypatch.setattr("agentdesk.transfer.pace.ALONE", 2)
    bring_in(desk, table(ANN))
    path = table(
        {**ANN, "title": "Chief"},
        {"name": "Bo", "email": "bo@x.example", "company": "New Co"},
        {"name": "bad", "email": "no@@address"},
        {"name": "Bo", "email": "BO@x.example", "phone": "+49 30 555555"},
        {"name": "Only Name", "company": "New Co"},
        {"name": "Bo", "phone": "+49 30 555555"},
        {"name": "only name", "company": "NEW CO"},
    )
    before = content(desk)
    batches = rows_of(desk, "SELECT count(*) FROM import_batch")
    told = bring_in(desk, path, dry_run=True)
    assert counts(told) == (2, 1, 0, 3, 1)
    assert (told.batch, told.rejects_file, told.dry_run) == (None, None, True)
    assert content(desk) == before
    assert rows_of(desk, "SELECT count(*) FROM import_batch") == batches
    assert not path.with_suffix(".rejects.csv").exists()
    assert counts(bring_in(desk, path)) == counts(told)


def test_rejected_rows_repaired_and_imported_again_complete_the_import(desk, table):
    first = bring_in(
        desk, table(ANN, {"name": "Bo", "email": "bo@@x.example"}, {"name": "Cy", "email": "cy@x.example"})
    )
    assert counts(first) == (2, 0, 0, 0, 1)
    rejects = Path(first.rejects_file)
    assert ",3," in rejects.read_text(encoding="utf-8")
    rejects.write_text(rejects.read_text(encoding="utf-8").replace("bo@@x", "bo@x"), encoding="utf-8")
    again = bring_in(desk, rejects, rejects=None)
    assert counts(again) == (1, 0, 0, 0, 0)
    assert {one["email"] for one in customers(desk)} == {
        "ann.lee@example.com",
        "bo@x.example",
        "cy@x.example",
    }


def test_undoing_an_import_restores_the_exact_content(desk, table):
    bring_in(desk, table(ANN, {"name": "Bo", "email": "bo@x.example"}))
    before = content(desk)
    result = bring_in(
        desk,
        table(
            {**ANN, "title": "Chief", "email": "ann@new.example", "tags": "new", "company": "Other Co"},
            {"name": "Bo", "email": "bo@x.example", "phone": "+49 30 55555"},
            {"name": "Cy", "email": "cy@x.example", "company": "Third Co"},
        ),
    )
    assert counts(result) == (1, 2, 0, 0, 0)
    assert content(desk) != before
    with desk.change() as change:
        undone = undo_batch(change, result.batch)
    assert undone.left == []
    assert content(desk) == before


def test_full_text_follows_an_import_and_its_changes(sqlite_desk, table):
    desk = sqlite_desk
    bring_in(desk, table(ANN))
    bring_in(desk, table({**ANN, "name": "Zoe Adams"}))
    sql = "SELECT count(*) FROM customer_text WHERE customer_text MATCH :word"
    assert rows_of(desk, sql, word="zoe") == [(1,)]
    assert rows_of(desk, sql, word="lee") == [(1,)]  # the address still says so
    with desk.change() as change:
        change.sql("INSERT INTO customer_text(customer_text, rank) VALUES ('integrity-check', 1)")


def test_the_batch_says_what_came_of_the_file(desk, table):
    result = bring_in(desk, table(ANN, {"name": "x", "email": "bad"}))
    (row,) = rows_of(
        desk,
        "SELECT kind, source, file_name, encoding, delimiter, rows, created, rejected, state, actor_id FROM import_batch",
    )
    assert row == ("contacts", "plain", "people.csv", "utf-8", ",", 2, 1, 1, "done", 1)
    assert rows_of(
        desk, "SELECT DISTINCT origin, summary, batch_id FROM change WHERE batch_id IS NOT NULL"
    ) == [("import", "import people.csv", result.batch)]


def test_a_file_that_breaks_off_keeps_what_was_taken_and_says_so(desk, tmp_path, monkeypatch):
    monkeypatch.setattr("agentdesk.transfer.pace.ALONE", 2000)
    path = tmp_path / "people.csv"
    path.write_text("name,email\n" + "Ann,ann@x.example\n" * 2500 + "x" * 11_000_000, encoding="utf-8")
    with pytest.raises(FileRefusedError):
        bring_in(desk, path)
    assert rows_of(desk, "SELECT state, rows, created, duplicates FROM import_batch") == [
        ("interrupted", 2000, 1, 1999)
    ]


def test_only_who_may_import_imports(desk, table):
    desk.actor = Actor(2, "ben", "Ben", Role.AGENT)
    with pytest.raises(NotPermittedError):
        bring_in(desk, table(ANN))


@pytest.mark.parametrize("wrong", [{"match": ("shoe",)}, {"on_match": "maybe"}, {"blank": "no"}])
def test_unknown_words_in_an_order_are_refused(desk, table, wrong):
    with pytest.raises(InvalidValueError):
        bring_in(desk, table(ANN), **wrong)


def test_an_import_takes_smaller_steps_while_somebody_else_writes(desk, tmp_path, monkeypatch):
    monkeypatch.setattr("agentdesk.transfer.pace.ALONE", 4)
    monkeypatch.setattr("agentdesk.transfer.pace.BESIDE", 2)
    steps: list[int] = []

    def work(done: int, _total: int | None) -> None:
        steps.append(done)
        if len(steps) == 1:
            with desk.change() as change:
                services.create_customer(change, name="Walk-in")

    path = write_table(
        tmp_path / "people.csv", [{"name": f"P{n}", "email": f"p{n}@x.example"} for n in range(17)]
    )
    assert counts(bring_in(desk, path, work)) == (17, 0, 0, 0, 0)
    assert steps == [4, 8, 10, 12, 14, 16, 17]


@needs_data
def test_hostile_texts_are_stored_as_they_are(desk, tmp_path):
    strings = json.loads((SHARED / "hostile/blns.json").read_text(encoding="utf-8"))
    kept = [text for text in strings if "\0" not in text and text.strip()]
    rows = [
        {"id": f"B-{place}", "name": "N", "notes": text, "company": text} for place, text in enumerate(kept)
    ]
    assert counts(bring_in(desk, write_table(tmp_path / "blns.csv", rows))) == (len(kept), 0, 0, 0, 0)
    stored = {one["external_id"]: one["notes"] for one in customers(desk)}
    assert stored == {f"B-{place}": text.strip() for place, text in enumerate(kept)}
    assert counts(bring_in(desk, tmp_path / "blns.csv")) == (0, 0, len(kept), 0, 0)


def test_a_nul_is_rejected(desk, table):
    assert counts(bring_in(desk, table({"name": "a\0b", "email": "a@x.example"}))) == (0, 0, 0, 0, 1)


@needs_data
@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("generated_intl/google_2023_utf8.csv", {}),
        ("generated_intl/hubspot_utf8_bom.csv", {}),
        ("generated_intl/outlook_cp1252.csv", {"encoding": "cp1252"}),
        ("thunderbird_basic.csv", {}),
        ("thunderbird_semicolon.csv", {}),
    ],
)
def test_real_exports_reconcile_repeat_and_go_again(desk, tmp_path, name, options):
    path = SHARED / "contacts" / name
    before = content(desk)
    options["rejects"] = tmp_path / default_rejects_path(path).name
    first = bring_in(desk, path, **options)
    created, updated, unchanged, duplicates, rejected = counts(first)
    assert updated == unchanged == 0
    found = customers(desk)
    assert len(found) == created
    expected = json.loads((SHARED / "contacts/generated_intl/expected.json").read_text(encoding="utf-8")).get(
        path.name
    )
    if expected:
        assert created + duplicates + rejected == expected["rows"]
        assert rejected == expected["rows_with_broken_email"]
        primary = {one["email"] for one in found if one["email"] and not one["email"].startswith("alt")}
        assert len(primary) == expected["distinct_emails_case_insensitive"]
    else:
        assert (created, duplicates, rejected) == (2, 0, 0)
    once = content(desk)
    assert counts(bring_in(desk, path, dry_run=True, **options)) == (0, 0, created, duplicates, rejected)
    assert counts(bring_in(desk, path, **options)) == (0, 0, created, duplicates, rejected)
    assert content(desk) == once
    with desk.change() as change:
        undo_batch(change, first.batch)
    assert content(desk) == before


def test_a_language_that_is_none_is_kept_and_told(desk, tmp_path):
    path = tmp_path / "people.csv"
    path.write_text("name,language\nBo,xx-invalid\nCy,de\nDi,xx\nEd,\n", encoding="utf-8")
    result = bring_in(desk, path)
    told = "2 rows have a language that is no code such as en or pt-BR, and no name of one"
    assert [one for one in result.notes if "language" in one] == [
        f"{told} (the first is “xx-invalid” in line 2): kept as it is."
    ]
    with desk.read() as read:
        kept = [one for (one,) in read.tuples("SELECT language FROM customer ORDER BY name")]
    assert kept == ["xx-invalid", "de", "xx", ""]
