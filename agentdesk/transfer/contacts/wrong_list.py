"""A list of organizations is no list of people, though it has names: it is told by columns that only organizations have."""

from typing import Final

from agentdesk.transfer.contact_columns import compact_name, find_roles
from agentdesk.transfer.header import Header
from agentdesk.transfer.importers.columns import told
from agentdesk.transfer.refusals import OrganizationsFileError

_SIGNS: Final = (
    "domain domains domainnames emaildomain emaildomains companydomainname domainassignment industry branche "
    "numberofemployees employees annualrevenue accountowner companyowner accounttype parentaccount parentcompany "
    "tickersymbol sharedcomments"
)
"""Compact names, parted by blanks."""
_OF_PEOPLE: Final = frozenset({"first", "middle", "last", "email"})
"""Roles that only people have."""
_OF_BOTH: Final = ("name", "organization")


def refuse_organizations(header: Header) -> None:
    """Refuse a list of organizations.

    Raises:
        OrganizationsFileError: it is one; says by which columns.
    """
    if signs := signs_of_organizations(header):
        raise OrganizationsFileError(header.label, signs)


def signs_of_organizations(header: Header) -> str:
    """The columns that tell a list of organizations, as the end of "recognised by ..."; empty where it is none."""
    roles = find_roles(header.names)
    named = [place for role in _OF_BOTH for place in roles.get(role, ())]
    known = _SIGNS.split()
    signs = [place for place, name in enumerate(header.names) if compact_name(name) in known]
    if not named or not signs or any(role.partition(":")[0] in _OF_PEOPLE for role in roles):
        return ""
    return told(header, [*named[:1], *signs])
