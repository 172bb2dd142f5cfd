"""Orders come in once, with their money in the smallest unit, and leave whole."""

import csv
import json
from pathlib import Path

import pytest

from agentdesk import services
from agentdesk.domain.actor import Actor
from agentdesk.domain.errors import InvalidValueError, NotPermittedError
from agentdesk.domain.vocabulary import Role
from agentdesk.queries.timelines import timeline
from agentdesk.store.reader import instant
from agentdesk.transfer.maps.toml import MapError
from agentdesk.transfer.records import importing, run
from agentdesk.transfer.records.order import RecordImport
from agentdesk.transfer.refusals import RejectsFileError
from agentdesk.transfer.result import ImportStopped
from agentdesk.widgets.customer_card import happened
from tests.transfer.records.conftest import counts, held, take_back, tuples

ORDERS = """Order number,Email,Created at,Total,Currency,Status,Gift
1001,jo@example.com,2026-01-05 10:00:00 +0100,"1,234.50",EUR,paid,yes
1002,bo@example.com,2026-01-06,1200,JPY,open,
"""
MAP = """
[file]
dates = "%d.%m.%Y"
zone = "Europe/Berlin"
source = "shop"
decimal = ","

[order]
external_id = "Nr"
customer_id = "Kunde"
at = "Datum"
amount = "Summe"
currency = "=EUR"
summary = ["Artikel", "Menge"]

[values.status]
"bezahlt" = "paid"
"""


def test_orders_are_read_by_the_names_of_their_columns(people, bring):
    result = bring("orders", ORDERS)
    assert counts(result) == (2, 0, 0, 0, 0)
    assert "Order number -> external_id" in " ".join(result.notes)
    assert "kept as they are: Gift" in " ".join(result.notes)
    rows = tuples(
        people,
        "SELECT customer_id, source, external_id, status, at, amount_minor, currency FROM sales_order ORDER BY id",
    )
    assert [(*row[:4], instant(row[4]).isoformat(), *row[5:]) for row in rows] == [
        (1, "import", "1001", "paid", "2026-01-05T09:00:00+00:00", 123450, "EUR"),
        (2, "import", "1002", "open", "2026-01-06T00:00:00+00:00", 1200, "JPY"),
    ]
    (extra,) = tuples(people, "SELECT extra FROM sales_order WHERE external_id = '1001'")[0]
    assert (json.loads(extra) if isinstance(extra, str) else extra) == {"Gift": "yes"}


def test_an_order_stands_among_what_happened_with_its_customer(people, bring):
    bring("orders", ORDERS)
    with people.read() as read:
        (order,) = [one for one in timeline(read, 1, 9).entries if one.kind == "order"]
        assert (order.what, order.who, order.line) == ("paid", "1234.50 EUR", "1001 paid")
        assert happened(order) == "¤ 1234.50 EUR: 1001 paid"
        assert timeline(read, 1, kinds=frozenset({"order"})).total == 1


def test_the_same_file_again_changes_nothing(people, bring):
    bring("orders", ORDERS)
    before = held(people)
    changes = tuples(people, "SELECT count(*) FROM journal")
    assert counts(bring("orders", ORDERS)) == (0, 0, 2, 0, 0)
    assert held(people) == before
    assert tuples(people, "SELECT count(*) FROM journal") == changes


def test_a_dry_run_has_the_same_numbers_and_writes_nothing(people, bring):
    text = ORDERS + "1001,jo@example.com,2026-01-05,1,EUR,paid,\n1003,no@example.com,2026-01-05,1,EUR,,\n"
    before = held(people)
    rehearsed = bring("orders", text, dry_run=True)
    assert held(people) == before
    assert (rehearsed.batch, rehearsed.rejects_file) == (None, None)
    assert counts(rehearsed) == counts(bring("orders", text)) == (2, 0, 0, 1, 1)


def test_a_changed_row_changes_what_differs_and_is_journaled(people, bring):
    bring("orders", ORDERS)
    assert counts(bring("orders", ORDERS.replace("open", "shipped"))) == (0, 1, 1, 0, 0)
    event, before, after, customer = tuples(
        people,
        "SELECT event, before, after, customer_id FROM journal WHERE entity = 'sales_order' ORDER BY id DESC LIMIT 1",
    )[0]
    loaded = [json.loads(one) if isinstance(one, str) else one for one in (before, after)]
    assert (event, loaded, customer) == ("order.changed", [{"status": "open"}, {"status": "shipped"}], 2)


def test_the_undo_takes_back_what_was_made_and_gives_back_what_was_changed(people, bring):
    bring("orders", ORDERS)
    before = held(people)
    result = bring("orders", ORDERS.replace("open", "shipped") + "1003,jo@example.com,2026-01-07,1,EUR,,\n")
    undone = take_back(people, result)
    assert held(people) == before
    assert undone.sentence.endswith("1 order removed, 1 order set back")
    with people.change() as change:
        services.redo_change(change)
    assert tuples(people, "SELECT status FROM sales_order ORDER BY external_id") == [
        ("paid",),
        ("shipped",),
        ("",),
    ]


def test_rejected_rows_say_why_and_come_in_once_they_are_right(people, bring, tmp_path):
    text = (
        ORDERS
        + "1003,no@example.com,2026-01-05,1,EUR,,\n1004,jo@example.com,someday,1,EUR,,\n1005,,2026-01-05,1,EUR,,\n1006,jo@example.com,2026-01-05,1,XXQ,,\n,jo@example.com,2026-01-05,1,EUR,,\n"
    )
    result = bring("orders", text)
    assert counts(result) == (2, 0, 0, 0, 5)
    with Path(result.rejects_file).open(encoding="utf-8", newline="") as file:
        rejected = list(csv.DictReader(file))
    assert [(one["line"], one["error"]) for one in rejected] == [
        ("4", "Email: 'no@example.com' is no customer of the desk; import the contacts first"),
        ("5", "Created at: 'someday' is no date written as iso"),
        ("6", "names no customer"),
        ("7", "Currency: 'XXQ' is no currency of ISO 4217, such as EUR or USD"),
        ("8", "Order number: is empty"),
    ]
    mended = Path(result.rejects_file).read_text(encoding="utf-8")
    for wrong, right in (
        ("no@", "jo@"),
        ("someday", "2026-01-08"),
        ("1005,,", "1005,bo@example.com,"),
        ("XXQ", "USD"),
        ("\n,jo", "\n1007,jo"),
    ):
        mended = mended.replace(wrong, right)
    assert counts(bring("orders", mended, name="mended.csv")) == (5, 0, 0, 0, 0)


def test_a_row_that_repeats_an_id_is_a_duplicate_and_what_it_said_otherwise_is_told(people, bring):
    result = bring(
        "orders", ORDERS + ORDERS.splitlines()[1] + "\n1002,bo@example.com,2026-01-06,7,JPY,open,\n"
    )
    assert counts(result) == (2, 0, 0, 2, 0)
    assert any("with other values: 1" in note for note in result.notes)
    assert tuples(people, "SELECT amount_minor FROM sales_order WHERE external_id = '1002'") == [(1200,)]


def test_a_map_says_which_column_is_what_and_what_words_mean(people, bring):
    text = "Nr;Kunde;Datum;Summe;Artikel;Menge\n7;C-2;03.04.2026;1.234,5;Lampe;3\n"
    result = bring("orders", text, MAP)
    assert (counts(result), result.source) == ((1, 0, 0, 0, 0), "shop")
    row = tuples(people, "SELECT customer_id, source, amount_minor, currency, summary, at FROM sales_order")[
        0
    ]
    assert row[:5] == (2, "shop", 123450, "EUR", "Lampe, 3")
    assert instant(row[5]).isoformat() == "2026-04-02T22:00:00+00:00"


def test_ids_of_two_systems_are_kept_apart(people, bring):
    bring("orders", ORDERS)
    assert counts(bring("orders", ORDERS, source="shop")) == (2, 0, 0, 0, 0)


@pytest.mark.parametrize(
    ("dates", "told"),
    [
        (
            ("03/04/2026", "05/06/2026"),
            "dates = '%d/%m/%Y' or dates = '%m/%d/%Y' fits, and only you can know",
        ),
        (("03/04/2026", "25/06/2026"), "dates = '%d/%m/%Y' fits, and nobody has said so"),
        (("in spring", "later"), "which are not ISO 8601"),
    ],
)
def test_dates_that_may_be_read_in_two_ways_are_refused_with_the_way_out(people, bring, dates, told):
    text = "number,email,date\n" + "".join(f"{at},jo@example.com,{date}\n" for at, date in enumerate(dates))
    with pytest.raises(MapError, match="--write-map") as refused:
        bring("orders", text)
    assert told in str(refused.value)
    assert "'date'" in str(refused.value)
    assert tuples(people, "SELECT count(*) FROM import_batch WHERE kind = 'orders'") == [(0,)]


def test_a_file_in_which_nothing_tells_whose_the_orders_are_is_refused(bring):
    with pytest.raises(MapError, match="nothing tells whose orders they are") as refused:
        bring("orders", "number,date\n1,2026-01-01\n")
    assert 'customer_email = "COLUMN"' in str(refused.value)


def test_a_name_that_fits_two_customers_is_never_guessed(bring):
    result = bring("orders", "number,customer,date\n1,Bo Ek,2026-01-01\n2,jo doe,2026-01-01\n")
    assert counts(result) == (1, 0, 0, 0, 1)
    assert "fits 2 customers" in result.reasons[0]


def test_an_empty_cell_keeps_what_we_have_unless_it_is_to_clear_it(people, bring):
    bring("orders", ORDERS)
    emptied = ORDERS.replace("paid", "")
    assert counts(bring("orders", emptied)) == (0, 0, 2, 0, 0)
    assert counts(bring("orders", emptied, blank="clear")) == (0, 1, 1, 0, 0)
    assert tuples(people, "SELECT status FROM sales_order WHERE external_id = '1001'") == [("",)]


def test_what_is_there_already_can_be_left_alone_or_refused(people, bring):
    bring("orders", ORDERS)
    news = ORDERS.replace("open", "shipped")
    before = held(people)
    assert counts(bring("orders", news, on_match="skip")) == (0, 0, 2, 0, 0)
    failed = bring("orders", news, on_match="fail")
    assert counts(failed) == (0, 0, 0, 0, 2)
    assert "is in the desk already" in failed.reasons[0]
    assert held(people) == before
    with pytest.raises(InvalidValueError, match="on-match"):
        bring("orders", news, on_match="perhaps")


def test_a_file_of_any_kind_is_an_order_file(people, bring, tmp_path):
    told = json.dumps(
        [
            {
                "order_number": "9",
                "customer": {"email": "jo@example.com"},
                "created_at": "2026-01-05T10:00:00Z",
                "total_price": "12.50",
                "currency": "EUR",
            }
        ]
    )
    rules = '[order]\nexternal_id = "order_number"\ncustomer_email = "customer.email"\nat = "created_at"\namount = "total_price"\ncurrency = "currency"\n'
    assert counts(bring("orders", told, rules, name="orders.json")) == (1, 0, 0, 0, 0)
    refused = bring("orders", told.replace("jo@", "no@").replace('"9"', '"10"'), rules, name="orders.json")
    assert refused.rejects_file.endswith(".jsonl")
    assert json.loads(Path(refused.rejects_file).read_text(encoding="utf-8"))["order_number"] == "10"


def test_portions_make_no_difference(people, bring, monkeypatch):
    text = "number,email,date,amount\n" + "".join(
        f"{n % 40},jo@example.com,2026-01-05,EUR {n % 7}\n" for n in range(100)
    )
    rehearsed = counts(bring("orders", text, dry_run=True))
    monkeypatch.setattr(run, "ROWS_AT_ONCE", 7)
    assert counts(bring("orders", text, dry_run=True)) == rehearsed
    assert counts(bring("orders", text)) == rehearsed == (40, 0, 0, 60, 0)


def test_what_was_stopped_stays_and_the_same_file_finishes_it(people, bring, tmp_path, monkeypatch):
    text = "number,email,date\n" + "".join(f"{n},jo@example.com,2026-01-05\n" for n in range(30))
    monkeypatch.setattr(run, "ROWS_AT_ONCE", 10)
    path = tmp_path / "stopped.csv"
    path.write_text(text)

    def stop(done, _total):
        if done >= 20:
            raise KeyboardInterrupt

    with pytest.raises(ImportStopped) as stopped:
        importing.import_records(people, RecordImport("orders", path), stop)
    assert stopped.value.rows == 20
    state = "SELECT state, rows FROM import_batch ORDER BY id DESC LIMIT 1"
    assert tuples(people, state) == [("interrupted", 20)]
    assert counts(bring("orders", text)) == (30, 0, 0, 0, 0)
    assert tuples(people, "SELECT state, rows FROM import_batch WHERE kind = 'orders'") == [("done", 30)]


def test_who_may_not_import_is_refused(people, bring):
    people.actor = Actor(2, "ben", "Ben", Role.AGENT)
    with pytest.raises(NotPermittedError):
        bring("orders", ORDERS)


def test_the_file_itself_is_no_place_for_its_rejects(bring, tmp_path):
    with pytest.raises(RejectsFileError):
        bring("orders", ORDERS, rejects=tmp_path / "file.csv")
