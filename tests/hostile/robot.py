"""Run in a terminal of its own: the console with hands that walk through it and leave a report.

    python -m tests.hostile.robot JOB.json REPORT.json

The job names the strings, the walk, and a breach to plant. Keys are looked up by the ids of commands, so that another
key is another key here too.
"""

import json
import sys
import traceback
from pathlib import Path
from typing import Any

from textual._xterm_parser import XTermParser
from textual.pilot import Pilot

from agentdesk.__main__ import main
from agentdesk.app import AgentDesk
from agentdesk.domain import safe_text
from agentdesk.widgets import replies
from tests.haste import look_seldom_for_garbage
from tests.hostile.hands import WAYS, Hands, key_of
from tests.hostile.walks import WALKS


def lend_hands(job: dict[str, Any], report: Path) -> None:
    """Have the console walk by itself once it is open, and leave a report."""
    copied: list[str] = []
    copy, run = AgentDesk.copy_to_clipboard, AgentDesk.run

    def noted_copy(app: AgentDesk, text: str) -> None:
        copied.append(text)
        copy(app, text)

    async def walk(pilot: Pilot[Any]) -> None:
        hands, told = Hands(pilot, job), dict[str, Any]()
        try:
            await hands.settle()
            look_seldom_for_garbage()
            for route in job.get("routes", ()):
                await hands.do(*WAYS[route])
            for one in WALKS[job["walk"]]:
                await one(hands)
        except Exception:  # noqa: BLE001  whatever it is goes into the report
            told["error"] = traceback.format_exc()
        told |= {
            "seen": hands.seen,
            "copied": copied,
            "unlike": hands.unlike,
            "moved": hands.moved,
            **hands.counts,
        }
        report.write_text(json.dumps(told))  # noqa: ASYNC240  nothing else runs by now
        await pilot.press(key_of("app.quit"))

    AgentDesk.copy_to_clipboard = noted_copy  # type: ignore[method-assign]
    AgentDesk.run = lambda app, **named: run(app, auto_pilot=walk, **named)  # type: ignore[method-assign]


def plant(breach: str) -> None:
    """Take away what protects, to prove that it would be missed: the safe text and the net, or the deaf ear."""
    if breach == "unfiltered":
        safe_text._LINE = safe_text._BLOCK = {}  # type: ignore[misc]
        AgentDesk.get_line_filters = lambda _: []  # type: ignore[method-assign]
    if breach == "hearing":
        replies.DeafParser.feed = XTermParser.feed  # type: ignore[method-assign]


if __name__ == "__main__":
    work = json.loads(Path(sys.argv[1]).read_text())
    plant(work.get("breach", ""))
    lend_hands(work, Path(sys.argv[2]))
    sys.exit(main([]))
