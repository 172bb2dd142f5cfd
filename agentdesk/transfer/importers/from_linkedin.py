"""LinkedIn connections: the short table of today (`...,Company,Position,Connected On`), or the older one in Outlook's form."""

from typing import Final

from agentdesk.transfer.importers.columns import Columns, Sign
from agentdesk.transfer.importers.from_outlook import COMMON, DESKTOP, ROLES

NAME: Final = "linkedin"
LABEL: Final = "LinkedIn connections"

FORMAT: Final = Columns(
    signs=(
        Sign("First Name | Last Name | URL | Email Address | Company | Position", 2, must="Connected On"),
        Sign("E-mail 2 Address | E-mail 3 Address | Business Street | Web Page", 2, must="Personal Web Page"),
    ),
    roles=ROLES | {"email": f"Email Address | {ROLES['email']}", "title": "Job Title | Position"},
    kept=f"{COMMON} | {DESKTOP} | Personal Web Page | URL | Connected On",
)
sniff = FORMAT.sniff
plan = FORMAT.plan
records = FORMAT.records
