"""Whatever was fetched before, a page comes out right, and neighbours never skip."""

from contextlib import nullcontext

from hypothesis import given
from hypothesis import strategies as st

from agentdesk.widgets.paging import Pages
from agentdesk.widgets.rows import reread


class Numbers:
    """A list of numbers that answers as a store does."""

    def __init__(self, numbers):
        self.numbers = list(numbers)
        self.skipped = []

    def total(self):
        return len(self.numbers)

    def page(self, fetch):
        self.skipped.append(fetch.skip)
        line = self.numbers[::-1] if fetch.is_backwards else self.numbers
        start = 0 if fetch.after is None else line.index(fetch.after) + 1
        found = line[start + fetch.skip : start + fetch.skip + fetch.limit]
        return found[::-1] if fetch.is_backwards else found

    def locate(self, row_id):
        return (self.numbers.index(row_id), row_id) if row_id in self.numbers else None

    def ids(self):
        return list(self.numbers)

    def look(self):
        return nullcontext(self)

    def id_of(self, row):
        return row


@given(st.integers(1, 500), st.lists(st.integers(0, 499), max_size=12), st.integers(1, 4))
def test_any_order_of_visits_finds_every_row_at_its_place(total, visits, capacity):
    store, pages = Numbers(range(total)), Pages(size=16, capacity=capacity)
    pages.reset(total)
    for place in visits:
        for number in pages.numbers(place, place):
            pages.put(number, store.page(pages.plan(number)))
            inside = min(place, total - 1)
            assert pages.row(inside) == inside


@given(st.integers(1, 500))
def test_walking_down_and_coming_from_the_end_never_skips(total):
    store = Numbers(range(total))
    for order in (1, -1):
        pages = Pages(size=16, capacity=2)
        pages.reset(total)
        for number in pages.numbers(0, total)[::order]:
            pages.put(number, store.page(pages.plan(number)))
    assert set(store.skipped) == {0}


@given(
    st.lists(st.integers(0, 300), unique=True, max_size=120),
    st.integers(0, 300),
    st.integers(0, 200),
    st.integers(0, 200),
    st.integers(1, 40),
)
def test_a_reread_stays_on_its_row_or_on_its_place(numbers, keep, place, top, height):
    store = Numbers(numbers)
    pages, cursor, first, _ = reread(store, keep=keep, place=place, top=top, height=height)
    if keep in numbers:
        assert pages.row(cursor) == keep
    elif numbers:
        assert cursor == min(place, len(numbers) - 1)
    if numbers:
        assert first <= cursor < first + height
        assert all(pages.row(at) == numbers[at] for at in range(first, min(first + height, len(numbers))))
