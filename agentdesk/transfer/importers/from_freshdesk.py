"""Freshdesk contacts: an export with the labels of its form, or what its interface calls the same fields."""

from typing import Final

from agentdesk.transfer.importers.columns import Columns, Mark, Sign

NAME: Final = "freshdesk"
LABEL: Final = "Freshdesk contacts"

_NAMES: Final = (
    "twitter_id | job_title | company_id | other_emails | time_zone | view_all_tickets | unique_external_id"
)
FORMAT: Final = Columns(
    signs=(
        Sign("Full name | Work phone | Twitter | Time zone | About | Unique external ID", 4),
        Sign(_NAMES, 3),
    ),
    roles={
        "name": "Full name | name",
        "email": "Email | other_emails",
        "phone:work": "Work phone | phone",
        "phone:mobile": "Mobile phone | mobile",
        "organization": "Company",
        "title": "Title | job_title",
        "external_id": "Unique external ID | unique_external_id | id",
        "language": "Language",
        "time_zone": "Time zone | time_zone",
        "tags": "Tags",
        "notes": "About | description",
        "street": "Address",
    },
    kept="Twitter | twitter_id | company_id | view_all_tickets | custom_fields | created_at | updated_at",
    custom=r"(?:custom_fields|cf)[._](.+)",
    marks=(
        Mark(
            "deleted",
            "true | 1 | yes",
            "is how Freshdesk marks a deleted contact; write false to bring it in",
        ),
    ),
)
sniff = FORMAT.sniff
plan = FORMAT.plan
records = FORMAT.records
