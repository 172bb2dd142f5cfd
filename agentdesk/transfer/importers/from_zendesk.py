"""Zendesk users, as its bulk import takes them: `name,email,external_id,details,notes,phone,role,...`.

Tags are parted by spaces or commas. `custom_fields.<key>` columns are kept as extra fields under their key;
role and restriction too. Agents, admins and deleted users are rejected, with what to do about each.
"""

from typing import Final

from agentdesk.transfer.importers.columns import Columns, Mark, Sign

NAME: Final = "zendesk"
LABEL: Final = "Zendesk users"

_SIGNS: Final = "external_id | details | notes | role | restriction | organization | tags"
FORMAT: Final = Columns(
    signs=(Sign(_SIGNS, 4, must="name | email"), Sign("custom_fields.*", 1, must="name | email")),
    roles={
        "name": "name",
        "email": "email",
        "phone": "phone",
        "organization": "organization",
        "external_id": "external_id",
        "language": "locale",
        "time_zone": "time_zone",
        "tags": "tags",
        "notes": "details | notes",
    },
    kept="role | restriction | brand",
    custom=r"custom_fields\.(.+)",
    tag_separators=" ",
    marks=(
        Mark(
            "role",
            "agent | admin | administrator | owner | light agent | legacy agent",
            "marks somebody of the desk: add them with `agentdesk agent add`, or write end-user to bring them in as a customer",
        ),
        Mark(
            "active",
            "false | 0 | no | deleted",
            "is how Zendesk marks a deleted user; write true to bring it in",
        ),
        Mark(
            "status",
            "deleted",
            "is how Zendesk marks a deleted user; empty the cell to bring it in",
        ),
    ),
)
sniff = FORMAT.sniff
plan = FORMAT.plan
records = FORMAT.records
