from hypothesis import given
from hypothesis import strategies as st

from agentdesk.transfer.id_set import IdSet

BOUND = 1 << 17


@given(
    st.lists(st.tuples(st.integers(-BOUND, BOUND), st.integers(0, 300)), max_size=5),
    st.lists(st.integers(-BOUND, BOUND), max_size=5),
)
def test_spans_and_single_ids_are_remembered_and_nothing_else(spans, lonely):
    found, wanted = IdSet(), set(lonely)
    found.add_all(lonely)
    for start, length in spans:
        found.add_all(range(start, start + length))
        wanted.update(range(start, start + length))
    near = {one + step for one in wanted for step in (-1, 0, 1)}
    assert {one for one in near if one in found} == wanted


def test_a_span_across_pages_is_whole():
    found = IdSet()
    found.add_all(range(-70_001, 70_001))
    assert all(one in found for one in range(-70_001, 70_001))
    assert -70_002 not in found
    assert 70_001 not in found
