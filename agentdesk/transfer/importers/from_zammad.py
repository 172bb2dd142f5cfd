"""Zammad users: `login;firstname;lastname;email;active;`, with lists joined by `~~~`."""

from typing import Final

from agentdesk.transfer.importers.columns import Columns, Mark, Sign

NAME: Final = "zammad"
LABEL: Final = "Zammad users"

FORMAT: Final = Columns(
    signs=(
        Sign("firstname | lastname | active | roles | web | verified | vip | out_of_office", 2, must="login"),
    ),
    roles={
        "first": "firstname",
        "last": "lastname",
        "email": "email",
        "phone": "phone",
        "phone:mobile": "mobile",
        "organization": "organization",
        "external_id": "id",
        "notes": "note",
        "street": "street | address",
        "city": "city",
        "postal_code": "zip",
        "country": "country",
    },
    kept="login | web | active | roles | fax | department | verified | vip | organizations | out_of_office | last_login | "
    "created_at | updated_at",
    marks=(
        Mark(
            "roles",
            "agent | admin | admin~~~agent | agent~~~admin",
            "marks somebody of the desk: add them with `agentdesk agent add`, or write Customer to bring them in as a customer",
        ),
    ),
)
sniff = FORMAT.sniff
plan = FORMAT.plan
records = FORMAT.records
