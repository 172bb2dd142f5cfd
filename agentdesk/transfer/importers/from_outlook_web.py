"""Outlook.com and the new Outlook: 61 columns, or the 32 of the years before."""

from typing import Final

from agentdesk.transfer.importers.columns import Columns, Sign
from agentdesk.transfer.importers.from_outlook import COMMON, ROLES

NAME: Final = "outlook-web"
LABEL: Final = "Outlook.com contacts"

FORMAT: Final = Columns(
    signs=(
        Sign(
            "Nickname | Given Yomi | Surname Yomi | Company Yomi | IMAddress | Schools",
            1,
            must="E-mail Address",
        ),
        Sign("Given Yomi | Surname Yomi | Company Yomi | IMAddress | Schools", 3),
        Sign(
            "Business Phone | Business Fax | Home Postal Code | Business Postal Code",
            2,
            must="E-mail Address",
        ),
    ),
    roles=ROLES,
    kept=f"{COMMON} | Nickname | Given Yomi | Surname Yomi | Company Yomi | IMAddress | Office Location | "
    "Personal Web Page | Schools | Hobby | Location",
)
sniff = FORMAT.sniff
plan = FORMAT.plan
records = FORMAT.records
