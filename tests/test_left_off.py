"""Where an agent left off: kept for each store and agent, never in the way."""

import stat

from hypothesis import given
from hypothesis import strategies as st

from agentdesk.left_off import Bookmark, LeftOff

LEFT = LeftOff("mine", "assignee:me", "-due", 7, 8, 2, 30)


def test_what_is_kept_is_read_again_by_the_same_agent_of_the_same_store_alone(tmp_path):
    Bookmark("desk.db", "ana", tmp_path).keep(LEFT)
    assert Bookmark("desk.db", "ana", tmp_path).read() == LEFT
    assert Bookmark("desk.db", "ben", tmp_path).read() is None
    assert Bookmark("other.db", "ana", tmp_path).read() is None


def test_only_the_user_can_read_what_was_asked(tmp_path):
    mark = Bookmark("desk.db", "ana", tmp_path / "left-off")
    mark.keep(LEFT)
    assert stat.S_IMODE(mark.path.stat().st_mode) == 0o600
    assert [one.name for one in mark.path.parent.iterdir()] == [mark.path.name]


def test_a_folder_that_cannot_be_written_is_nobody_s_trouble(tmp_path):
    (tmp_path / "left-off").write_text("a file in the way")
    mark = Bookmark("desk.db", "ana", tmp_path / "left-off")
    mark.keep(LEFT)
    assert mark.read() is None


@given(
    st.one_of(
        st.binary(max_size=40),
        st.sampled_from([b"[]", b"null", b'{"view": 3}', b'{"scroll": "x"}', b'{"open_id": []}', b"{}"]),
    )
)
def test_a_file_of_any_bytes_is_a_place_or_none(tmp_path_factory, written):
    mark = Bookmark("desk.db", "ana", tmp_path_factory.getbasetemp())
    mark.path.write_bytes(written)
    assert mark.read() is None or isinstance(mark.read(), LeftOff)
