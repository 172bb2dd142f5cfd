from itertools import chain

import pytest

from agentdesk.transfer.readers.line_feed import MAX_ROW, VAIN_BUDGET, LineFeed, RunawayRowError
from agentdesk.transfer.readers.text_lines import Block


def test_lines_of_the_unfinished_row_are_remembered_over_blocks():
    feed = LineFeed(iter([Block(["a\n", "b\n"], is_suspect=True), Block(["c\n"], is_suspect=False)]))
    lines = chain.from_iterable(feed.batches())
    assert next(lines) == "a\n"
    feed.done = 1
    assert [*lines] == ["b\n", "c\n"]
    assert feed.peek(5) == ["b\n", "c\n"]
    assert feed.is_suspect, "the suspicion of the first block covers the row that began in it"


def test_reading_resumes_at_any_line_after_the_last_finished_row():
    feed = LineFeed(iter([Block(["a\n", "b\n"], is_suspect=False), Block(["c\n"], is_suspect=False)]))
    assert [*chain.from_iterable(feed.batches())] == ["a\n", "b\n", "c\n"]
    feed.done = 1
    assert [*chain.from_iterable(feed.batches())] == ["b\n", "c\n"]


def test_a_row_without_end_is_given_up():
    feed = LineFeed(Block(["x" * 1_000_000 + "\n"], is_suspect=False) for _ in range(100))
    taken = chain.from_iterable(feed.batches())
    for _ in range(MAX_ROW // 1_000_000 + 1):
        next(taken)
    with pytest.raises(RunawayRowError):
        next(taken)


def test_after_much_vain_reading_rows_may_span_few_lines_only():
    feed = LineFeed(iter([Block(["x" * 100_000 + "\n"] * 30, is_suspect=False)]))
    assert len([*chain.from_iterable(feed.batches())]) == 30
    while feed._vain <= VAIN_BUDGET:
        feed.charge(30)
    with pytest.raises(RunawayRowError):
        list(feed.batches())
