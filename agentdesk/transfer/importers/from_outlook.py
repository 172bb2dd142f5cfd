"""Outlook on the desktop: 92 columns and more, most often in a code page of Windows.

`Title` is a salutation here. The business address is the one that is read; the others, faxes, pagers and the numbers of
other people are kept as extra fields.
"""

from typing import Final

from agentdesk.transfer.importers.columns import Columns, Sign

NAME: Final = "outlook"
LABEL: Final = "Outlook contacts"

ROLES: Final = {
    "first": "First Name",
    "middle": "Middle Name",
    "last": "Last Name",
    "email": "E-mail Address | E-mail 2 Address | E-mail 3 Address",
    "phone:primary": "Primary Phone",
    "phone:work": "Business Phone | Business Phone 2",
    "phone:mobile": "Mobile Phone",
    "phone:home": "Home Phone | Home Phone 2",
    "phone:car": "Car Phone",
    "phone:other": "Other Phone",
    "phone:company": "Company Main Phone",
    "organization": "Company",
    "title": "Job Title",
    "tags": "Categories",
    "notes": "Notes",
    "street": "Business Street",
    "city": "Business City",
    "region": "Business State",
    "postal_code": "Business Postal Code",
    "country": "Business Country/Region | Business Country",
}
"""What the names of Outlook hold, in every version and in what others write in its form."""
COMMON: Final = (
    "Title | Suffix | Department | Business Fax | Home Fax | Other Fax | Pager | Telex | TTY/TDD Phone | Callback | "
    "Radio Phone | Assistant's Name | Assistant's Phone | Manager's Name | Home Street | Home City | Home State | "
    "Home Postal Code | Home Country/Region | Other Street | Other City | Other State | Other Postal Code | "
    "Other Country/Region | Spouse | Birthday | Anniversary | Web Page"
)
"""Columns that every version may have and that are kept as extra fields."""
DESKTOP: Final = (
    "Business Street 2 | Business Street 3 | Home Street 2 | Home Street 3 | Other Street 2 | Other Street 3 | ISDN | "
    "Home Country | Other Country | Other Address PO Box"
)
"""The same, in the versions on the desktop and in what others write in their form."""
_ONLY: Final = (
    "E-mail Type | E-mail Display Name | Account | Billing Information | Business Address PO Box | Children | Directory Server | "
    "E-mail 2 Type | E-mail 2 Display Name | E-mail 3 Type | E-mail 3 Display Name | Gender | "
    "Government ID Number | Home Address PO Box | Initials | Internet Free Busy | Keywords | Mileage | "
    "Organizational ID Number | Priority | Private | Profession | Referred By | Sensitivity | User 1 | User 2 | User 3 | "
    "User 4"
)
FORMAT: Final = Columns(
    signs=(
        Sign(
            f"{_ONLY} | {DESKTOP} | Company Main Phone | Business Fax | Business Phone",
            2,
            must="E-mail Address",
        ),
        Sign(
            f"{DESKTOP} | E-mail Type | E-mail Display Name | Business Postal Code | Business Phone | Business Fax",
            3,
        ),
    ),
    roles=ROLES | {"language": "Language"},
    kept=f"{COMMON} | {DESKTOP} | {_ONLY} | Hobby | Location | Office Location",
)
sniff = FORMAT.sniff
plan = FORMAT.plan
records = FORMAT.records
