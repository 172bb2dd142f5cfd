"""Fields that several kinds of record have."""

from typing import Final

from agentdesk.domain.vocabulary import Channel
from agentdesk.transfer.records.cells import text
from agentdesk.transfer.records.kind import Field

WHO: Final = (
    Field(
        "customer_id",
        text,
        "customerid customernumber customerno clientid contactid requesterid userid kundennummer memberid",
    ),
    Field(
        "customer_email",
        text,
        "customeremail email emailaddress contactemail requesteremail billingemail respondentemail useremail mail",
    ),
    Field(
        "customer_phone", text, "customerphone phone phonenumber contactphone billingphone telephone telefon"
    ),
    Field(
        "customer",
        text,
        "customer customername client contact contactname requester respondent respondentname billingname fullname "
        "reviewer kunde",
    ),
)
"""The customer: by the id, address, number or name that the other system knows."""
AGENT: Final = Field(
    "agent", text, "agent agentname assignee assignedto handledby answeredby operator user representative"
)
TICKET: Final = Field("ticket", text, "ticket ticketid ticketnumber ticketref case caseid casenumber")
CHANNEL: Final = Field(
    "channel",
    text,
    "channel via medium touchpoint",
    words=tuple(str(one) for one in Channel),
    means={
        "e-mail": "email",
        "mail": "email",
        "call": "phone",
        "telephone": "phone",
        "voice": "phone",
        "website": "web",
        "app": "web",
        "in person": "visit",
        "store": "visit",
        "post": "letter",
    },
)
