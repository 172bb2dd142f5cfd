"""Replies of a terminal are dropped, typing is not."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual._xterm_parser import XTermParser
from textual.events import Key, Paste

from agentdesk.widgets.replies import PATIENCE, DeafParser, ReplyFilter

REPLIES = (
    "\x1bP1$r0m\x1b\\",  # a setting (DECRQSS)
    "\x1bP>|xterm(370)\x1b\\",  # name and version
    "\x1b]lmdmmq\x1b\\",  # the title, which a stranger may have chosen
    "\x1b]Lmdmmq\x07",
    "\x1b]52;c;bW0=\x07",  # the clipboard
    "\x1b]50;mmmm\x07",  # the font
    "\x1b]11;rgb:1d1d/1f1f/2121\x1b\\",  # a colour
    "\x1b_Gi=31;OK\x1b\\",
    "\x1b[?62;1;6;22c",  # device attributes
    "\x1b[>41;370;0c",
    "\x1b[=0c",
    "\x1b[0n",  # status
    "\x1b[8;24;80t",  # size
    "\x1b[?1u",  # keyboard protocol
    "\x1b[?1;0;256S",  # graphics
    "\x1b[2;1;1;112;112;1;0x",
)
TYPED = (
    "m", "q", "\x1b", "\x1b[A", "\x1bOP", "\x1b[15~", "\x1b[1;5A", "\x1b[97;5u", "\x1b[<0;5;5M", "\x1b[200~paste\x1b[201~",
    "\x1b[I", "\x1b[3;7R", "\x1b[?2026;2$y", "\x1b[?2048;1$y", "\x1b[48;24;80;480;800t", "\x1b]", "\x1bx", "é漢", "\r",
)  # fmt: skip


def keys(parser, data: str) -> list[str]:
    return [one.key for one in parser.feed(data) if isinstance(one, Key)]


@pytest.mark.parametrize("reply", REPLIES, ids=ascii)
def test_a_reply_presses_no_key(reply):
    assert keys(DeafParser(), f"a{reply}b") == ["a", "b"]


def test_without_the_filter_a_title_presses_its_letters():
    assert "m" in keys(XTermParser(), "\x1b]lmdmmq\x1b\\")


@pytest.mark.parametrize("reply", REPLIES, ids=ascii)
@pytest.mark.parametrize("at", [3, 5, 7])
def test_a_reply_in_two_pieces_is_still_one(reply, at):
    listening = ReplyFilter()
    if reply[1] in "]PX^_" or reply[2] in "?>=":
        assert listening.heard(reply[:at]) + listening.heard(reply[at:]) == ""


def test_what_never_ends_does_not_swallow_the_typing_for_ever():
    now = [0.0]
    listening = ReplyFilter(lambda: now[0])
    assert listening.heard("\x1b]open") == ""
    now[0] = PATIENCE * 2
    assert listening.heard("jk") == "jk"


@given(st.lists(st.sampled_from(TYPED)))
def test_typing_passes_as_it_is(typed):
    listening = ReplyFilter()
    assert [listening.heard(one) for one in typed] == typed


@given(st.lists(st.sampled_from([*REPLIES, *"abc"])))
def test_letters_between_replies_pass(mixed):
    assert ReplyFilter().heard("".join(mixed)) == "".join(one for one in mixed if len(one) == 1)


COLOURED = "\x1b[200~ab\x1b[31mcd\x1b[0m e\x1bf\x1b[Ag\x1b[201~x"


@given(st.lists(st.integers(0, len(COLOURED)), max_size=4))
def test_a_paste_with_colours_is_its_text_in_its_order_in_whatever_pieces_it_comes(cuts):
    parser, found = DeafParser(), []
    ends = [0, *sorted(cuts), len(COLOURED)]
    for begin, end in pairwise(ends):
        if begin < end:
            found += parser.feed(COLOURED[begin:end])
    assert [one.text if isinstance(one, Paste) else one.key for one in found] == ["abcd efg", "x"]
