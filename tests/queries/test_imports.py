"""Reading loads nothing that writing needs: the ORM alone takes longer to import than a list takes to print."""

import subprocess
import sys

HEAVY = (
    "sqlalchemy",
    "sqlmodel",
    "pydantic",
    "alembic",
    "textual",
    "phonenumbers",
    "email_validator",
    "rapidfuzz",
)


def test_the_reads_load_no_orm() -> None:
    modules = "changes customers filters histories people search ticket_detail tickets timelines views"
    lines = [f"import agentdesk.queries.{name}" for name in modules.split()]
    lines += ["import sys", f"print([name for name in {HEAVY!r} if name in sys.modules])"]
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(lines)], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
