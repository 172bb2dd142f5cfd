"""Chatwoot contacts: `id,name,email,identifier,phone_number,...`, with attributes of one's own after them.

Its shortest export (`id,name,email,phone_number`) has no sign of its own and is read as a plain table, to the same effect.
"""

from typing import Final

from agentdesk.transfer.importers.columns import Columns, Sign

NAME: Final = "chatwoot"
LABEL: Final = "Chatwoot contacts"

FORMAT: Final = Columns(
    signs=(
        Sign("phone_number | labels | ip_address | company_name | custom_attribute_1", 2, must="identifier"),
        Sign("document_number | labels | ip_address | company_name | custom_attribute_1", 3),
    ),
    roles={
        "name": "name",
        "email": "email",
        "phone": "phone_number",
        "organization": "company_name | company",
        "external_id": "identifier | id",
        "tags": "labels",
        "city": "city",
        "country": "country",
    },
    kept="id | document_number | ip_address",
    custom=r"custom_attribute_\d+",
)
sniff = FORMAT.sniff
plan = FORMAT.plan
records = FORMAT.records
