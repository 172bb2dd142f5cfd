"""HubSpot contacts: an export (`Record ID,First Name,...`), whose columns are those of a view, or a file made for its import.

Its lists of companies and deals have the same columns, but nobody's last name.
"""

from typing import Final

from agentdesk.transfer.importers.columns import Columns, Sign

NAME: Final = "hubspot"
LABEL: Final = "HubSpot contacts"

_SIGNS: Final = (
    "Lifecycle Stage | Lead Status | Contact owner | Create Date | Last Activity Date | Last Contacted | Website URL | "
    "Associated Company | Associated Company IDs | Marketing contact status"
)
FORMAT: Final = Columns(
    signs=(Sign(_SIGNS, 1, must="Record ID | Last Name"), Sign(_SIGNS, 3, must="Last Name")),
    roles={
        "first": "First Name",
        "last": "Last Name",
        "email": "Email | Email address | Additional email addresses | Work email",
        "phone": "Phone Number",
        "phone:mobile": "Mobile Phone Number",
        "organization": "Company Name | Associated Company | Company",
        "title": "Job Title",
        "external_id": "Record ID",
        "language": "Preferred language",
        "time_zone": "Time Zone",
        "street": "Street Address",
        "city": "City",
        "region": "State/Region",
        "postal_code": "Postal Code",
        "country": "Country/Region",
    },
    kept=_SIGNS,
    lists="Associated Company",
)
sniff = FORMAT.sniff
plan = FORMAT.plan
records = FORMAT.records
