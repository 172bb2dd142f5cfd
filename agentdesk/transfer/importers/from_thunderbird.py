"""Thunderbird address books, of any age: `First Name,Last Name,Display Name,Nickname,Primary Email,...`.

The home address, fax, pager and birthday are kept as extra fields.
"""

from typing import Final

from agentdesk.transfer.importers.columns import Columns, Sign

NAME: Final = "thunderbird"
LABEL: Final = "a Thunderbird address book"

FORMAT: Final = Columns(
    signs=(
        Sign("Primary Email", 1, must="Display Name"),
        Sign(
            "Display Name | Primary Email | Secondary Email | Fax Number | Pager Number | Mobile Number | Home ZipCode | "
            "Work ZipCode | Web Page 1 | Web Page 2 | Birth Year | Screen Name",
            4,
        ),
    ),
    roles={
        "name": "Display Name",
        "first": "First Name",
        "last": "Last Name",
        "email": "Primary Email | Secondary Email",
        "phone:work": "Work Phone",
        "phone:mobile": "Mobile Number",
        "phone:home": "Home Phone",
        "organization": "Organization",
        "title": "Job Title",
        "notes": "Notes",
        "street": "Work Address",
        "city": "Work City",
        "region": "Work State",
        "postal_code": "Work ZipCode",
        "country": "Work Country",
    },
    kept="Nickname | Fax Number | Pager Number | Home Address | Home Address 2 | Home City | Home State | Home ZipCode | "
    "Home Country | Work Address 2 | Department | Web Page 1 | Web Page 2 | Birth Year | Birth Month | Birth Day | "
    "Custom 1 | Custom 2 | Custom 3 | Custom 4 | Screen Name",
)
sniff = FORMAT.sniff
plan = FORMAT.plan
records = FORMAT.records
