"""Salesforce contacts: a report with the labels a person sees, or an export of the data with the names of its interface.

The other postal address, the fax and the assistant's number are kept as extra fields, as are fields of one's own (`...__c`). Rows marked as deleted are rejected. Accounts have the same columns, but nobody's last name.
"""

from typing import Final

from agentdesk.transfer.importers.columns import Columns, Mark, Sign

NAME: Final = "salesforce"
LABEL: Final = "Salesforce contacts"

_LABELS: Final = (
    "Account Name | Account Owner | Lead Source | Contact Record Type | Mailing Street | Mailing City | "
    "Mailing State/Province | Mailing Zip/Postal Code | Mailing Country"
)
_NAMES: Final = (
    "IsDeleted | MasterRecordId | AccountId | MailingStreet | MailingCity | MailingState | MailingPostalCode | "
    "MailingCountry | ReportsToId | LeadSource | OwnerId | CreatedById | LastModifiedById | SystemModstamp"
)
FORMAT: Final = Columns(
    signs=(Sign(_LABELS, 2, must="Last Name"), Sign(_NAMES, 2, must="LastName")),
    roles={
        "name": "Name | Full Name",
        "first": "First Name | FirstName",
        "middle": "Middle Name | MiddleName",
        "last": "Last Name | LastName",
        "email": "Email",
        "phone": "Phone",
        "phone:mobile": "Mobile | Mobile Phone | MobilePhone",
        "phone:home": "Home Phone | HomePhone",
        "phone:other": "Other Phone | OtherPhone",
        "organization": "Account Name | Account.Name",
        "title": "Title",
        "external_id": "Id | Contact ID",
        "notes": "Description",
        "street": "Mailing Street | MailingStreet",
        "city": "Mailing City | MailingCity",
        "region": "Mailing State/Province | MailingState",
        "postal_code": "Mailing Zip/Postal Code | MailingPostalCode",
        "country": "Mailing Country | MailingCountry",
    },
    kept=f"{_LABELS} | {_NAMES} | Salutation | Fax | Department | OtherStreet | OtherCity | OtherState | OtherPostalCode | "
    "OtherCountry | AssistantPhone | AssistantName | Birthdate | CreatedDate | LastModifiedDate",
    custom=r"\w+__c",
    marks=(
        Mark(
            "IsDeleted | Is Deleted | Deleted",
            "true | 1 | yes",
            "is how Salesforce marks a deleted contact; write false to bring it in",
        ),
    ),
)
sniff = FORMAT.sniff
plan = FORMAT.plan
records = FORMAT.records
