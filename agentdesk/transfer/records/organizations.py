"""Organizations: found by their id in the other system, else by name, else by a mail domain alone."""

from typing import Final

from agentdesk.domain.events import Event
from agentdesk.domain.identity import name_key
from agentdesk.models import Organization
from agentdesk.transfer.records.cells import domains, prose, tags, text
from agentdesk.transfer.records.kind import EXTERNAL_ID, CellError, Field, Kind, Told


def _finish(told: Told) -> Told:
    if told.get("name"):
        told["name_key"] = name_key(told["name"])
        if not told["name_key"]:
            raise CellError("is no name that anybody can see", "name", told["name"])
    return told


ORGANIZATIONS: Final = Kind(
    name="organizations",
    noun="organization",
    model=Organization,
    fields=(
        Field(
            EXTERNAL_ID,
            text,
            "externalid organizationid organisationid accountid companyid recordid accountnumber id",
        ),
        Field(
            "name",
            text,
            "name organization organisation organizationname organisationname accountname account company "
            "companyname firma title",
        ),
        Field(
            "domains",
            domains,
            "domains domain domainnames emaildomain emaildomains companydomainname website",
        ),
        Field("tier", text, "tier plan segment level accounttier supporttier"),
        Field("owner", text, "owner accountowner companyowner accountmanager customersuccessmanager"),
        Field("notes", prose, "notes note details description about", joins="\n\n"),
        Field("tags", tags, "tags labels categories"),
    ),
    needs={("name", "domains", EXTERNAL_ID): "nothing tells which organization a row is about"},
    finish=_finish,
    made=Event.ORGANIZATION_CREATED,
    changed=Event.ORGANIZATION_CHANGED,
    people={"owner": "owner_id"},
    natural="name_key",
    is_natural_unique=True,
)
