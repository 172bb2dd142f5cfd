"""Streams from a snapshot."""

from agentdesk.desk import Desk


def test_a_stream_left_half_read_ends_quietly_after_its_store_was_closed(desk: Desk) -> None:
    with desk.read() as read:
        stream = read.stream("SELECT id FROM agent ORDER BY id")
        assert next(stream) == (1,)
    desk.close()
    stream.close()  # what an interrupt does, once the traceback lets go of it
