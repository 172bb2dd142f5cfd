"""What strangers may write: escape sequences of our own, and the Big List of Naughty Strings beside the project."""

import json
from pathlib import Path

import pytest

BLNS = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "hostile" / "blns.json"

ESC, CSI, OSC, DCS, ST = "\x1b", "\x9b", "\x9d", "\x90", "\x9c"
PAYLOADS = (
    "clip \x1b]52;c;cm0gLXJmIH4=\x1b\\ board",
    "clip \x1b]52;c;cm0gLXJmIH4=\x07 bell",
    "title \x1b]0;owned\x1b\\ set",
    "link \x1b]8;;http://evil.test\x1b\\Bank\x1b]8;;\x1b\\ here",
    "note \x1b]9;notify\x07 \x1b]1337;File=inline=1:AAAA\x07 \x1b_Gf=24;AAAA\x1b\\",
    "ask \x1bP$q m\x1b\\ \x1b[6n\x1b[21t\x1b[c\x1b[>c\x1bZ\x05 back",
    "wipe \x1b[2J\x1bc\x1b[5i\x1b[?47h\x0e\x1b(0 out",
    f"c1 {CSI}2J{OSC}0;t{ST}{DCS}$q m{ST} end",
    "lone \x1b and open \x1b]0;swallows the rest",
    "nul \x00 del \x7f bell \x07 bs \x08 vt \x0b ff \x0c cr \r lf \n tab \t",
    "right \u202eto left\u202c \u2066isolated\u2069 \u200e\u200f\u061c",
    "in\u00advi\u200bsi\ufeffble\u2060 \U000e0041\U000e0042 \u2028 \u2029 \ufff9a\ufffab\ufffb",
    "filler \u115f\u1160\u3164\uffa0\u2800\u034f\u180b end",
    "click [@click=app.quit]here[/] [link=http://evil.test]Bank[/link]",
    "closing [/] tag",
    "Re: [Ticket#1234] [EXT] hi [/b]",
    "[red]red[/red] [bold $error on $surface]x[/]",
    ":smile: \\[x] \\\\[/] [[/]] [/",
    "$name {c.__class__} {{7*7}} ${x} %s %(x)s",
    "=cmd|'/c calc'!A1",
    "@SUM(1) ＝1+1",
    "'; DROP TABLE ticket; --",
    'a" OR 1=1 NEAR( * col:x NOT "',
    "é" + "\u0301" * 100,
    "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466 \U0001f1e9\U0001f1ea 漢字 ﷽ مرحبا שלום",
    "long " + "x" * 3000,
    "wide " + "漢" * 700,
)
"""Each does something on its own if it reaches a terminal, a markup parser, a spreadsheet or SQL unchanged."""


def naughty_strings() -> list[str]:
    """The whole list, each string once.

    Skips the test where the list is not beside the project.
    """
    if not BLNS.exists():
        pytest.skip(f"no list of naughty strings at {BLNS}")
    return list(dict.fromkeys(json.loads(BLNS.read_text(encoding="utf-8"))))


def every_string() -> list[str]:
    """All of them, the payloads first."""
    return list(dict.fromkeys([*PAYLOADS, *naughty_strings()]))


def sample() -> list[str]:
    """All payloads and about thirty others, spread over the list; the payloads alone where there is no list."""
    others = json.loads(BLNS.read_text(encoding="utf-8")) if BLNS.exists() else []
    return list(dict.fromkeys([*PAYLOADS, *others[:: max(1, len(others) // 32)]]))
