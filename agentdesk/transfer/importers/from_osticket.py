"""osTicket users, by the labels of its form.

Its variables alone (`email,name,phone,notes`) are anybody's and are read as a plain table, to the same effect.
"""

from typing import Final

from agentdesk.transfer.importers.columns import Columns, Sign

NAME: Final = "osticket"
LABEL: Final = "osTicket users"

FORMAT: Final = Columns(
    signs=(Sign("Email Address | Full Name | Phone Number", 1, must="Internal Notes"),),
    roles={
        "name": "Full Name | name",
        "email": "Email Address | email",
        "phone": "Phone Number | phone",
        "notes": "Internal Notes | notes",
    },
)
sniff = FORMAT.sniff
plan = FORMAT.plan
records = FORMAT.records
