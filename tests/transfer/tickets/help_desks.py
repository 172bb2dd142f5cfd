"""Tickets as other help desks export them, in their own shapes; what is said in them is ours."""

import json
from typing import Any

ZENDESK: dict[str, Any] = {
    "tickets": [
        {
            "id": 11,
            "url": "https://example.com/api/v2/tickets/11.json",
            "subject": "Lamp is dark",
            "raw_subject": "Lamp is dark",
            "description": "My lamp is dark.",
            "type": "incident",
            "priority": "high",
            "status": "pending",
            "via": {"channel": "email", "source": {"rel": None}},
            "requester_id": 900,
            "submitter_id": 900,
            "assignee_id": 700,
            "group_id": 70,
            "organization_id": 90,
            "problem_id": 12,
            "tags": ["lamp", "vip customer"],
            "custom_fields": [{"id": 360, "value": "L-7"}, {"id": 361, "value": None}],
            "satisfaction_rating": {"score": "good"},
            "due_at": "2026-02-05T12:00:00Z",
            "created_at": "2026-02-01T09:00:00Z",
            "updated_at": "2026-02-02T10:00:00Z",
            "comments": [
                {
                    "id": 1,
                    "author_id": 900,
                    "public": True,
                    "html_body": "<p>My lamp is <b>dark</b>.</p><script>x</script>",
                    "created_at": "2026-02-01T09:00:00Z",
                },
                {
                    "id": 3,
                    "author_id": 700,
                    "public": True,
                    "plain_body": "Is it plugged in?",
                    "created_at": "2026-02-01T10:00:00Z",
                    "attachments": [{"file_name": "plug.png", "size": 1}],
                },
                {
                    "id": 2,
                    "author_id": 700,
                    "public": False,
                    "plain_body": "Known with this model.",
                    "created_at": "2026-02-01T09:30:00Z",
                },
            ],
        },
        {
            "id": 12,
            "subject": "All lamps of a batch are dark",
            "description": "Seen by several.",
            "type": "problem",
            "priority": None,
            "status": "hold",
            "via": {"channel": "api"},
            "requester_id": 901,
            "submitter_id": 700,
            "assignee_id": None,
            "group_id": None,
            "organization_id": None,
            "problem_id": None,
            "tags": [],
            "custom_fields": [],
            "satisfaction_rating": None,
            "due_at": None,
            "created_at": "2026-01-30T09:00:00Z",
            "updated_at": "2026-02-02T10:00:00Z",
            "comments": [],
        },
    ],
    "users": [
        {"id": 900, "name": "Ann Lee", "email": "Ann@Example.com", "role": "end-user"},
        {"id": 901, "name": "Bo Ek", "email": "bo@example.com", "role": "end-user"},
        {"id": 700, "name": "Vera Roy", "email": "vera@example.org", "role": "agent"},
    ],
    "groups": [{"id": 70, "name": "Lights"}],
    "organizations": [{"id": 90, "name": "Lee & Co"}],
}

ZENDESK_CSV = (
    "Summation column,Id,Requester,Requester id,Requester external id,Requester email,Requester domain,Submitter,"
    "Assignee,Group,Subject,Tags,Status,Priority,Via,Ticket type,Created at,Updated at,Assigned at,Organization,"
    "Due date,Initially assigned at,Solved at,Resolution time,Satisfaction Score,Group stations,Assignee stations,"
    "Reopens,Replies,First reply time in minutes,First reply time in minutes within business hours,"
    "First resolution time in minutes,First resolution time in minutes within business hours,"
    "Full resolution time in minutes,Full resolution time in minutes within business hours,"
    "Agent wait time in minutes,Agent wait time in minutes within business hours,"
    "Requester wait time in minutes,Requester wait time in minutes within business hours,"
    "On hold time in minutes,On hold time in minutes within business hours,Lamp [txt]\n"
    "1,21,Ann Lee,900,,ann@example.com,example.com,Ann Lee,Vera Roy,Lights,Lamp is dark,lamp vip,Solved,High,Mail,"
    "Incident,2026-02-01 09:00,2026-02-03 10:00,2026-02-01 09:05,Lee & Co,,2026-02-01 09:05,2026-02-03 10:00,49,"
    "Good,1,1,2,3,60,30,2940,900,2940,900,10,5,2900,800,0,0,L-7\n"
    "1,22,Bo Ek,901,,bo@example.com,example.com,Bo Ek,-,Lights,Lamp hums,-,Open,-,Carrier pigeon,-,"
    "2026-02-02 09:00,2026-02-02 09:00,-,-,-,-,-,-,Not Offered,1,0,0,0,-,-,-,-,-,-,-,-,-,-,-,-,-\n"
)

ZAMMAD: list[dict[str, Any]] = [
    {
        "id": 5,
        "number": "22005",
        "title": "Door squeaks",
        "group_id": 1,
        "group": "Doors",
        "priority_id": 3,
        "priority": "3 high",
        "state_id": 4,
        "state": "closed",
        "owner_id": 3,
        "owner": "vera@example.org",
        "customer_id": 8,
        "customer": "ann@example.com",
        "organization_id": 2,
        "organization": "Lee & Co",
        "create_article_type_id": 1,
        "create_article_type": "email",
        "close_at": "2026-02-04T08:00:00.000Z",
        "article_ids": [51, 52, 53],
        "created_at": "2026-02-01T08:00:00.000Z",
        "updated_at": "2026-02-04T08:00:00.100Z",
        "articles": [
            {
                "id": 51,
                "sender": "Customer",
                "type": "email",
                "internal": False,
                "from": "Ann Lee <ann@example.com>",
                "created_by": "ann@example.com",
                "content_type": "text/html",
                "body": "The door<br>squeaks.",
                "created_at": "2026-02-01T08:00:00.000Z",
            },
            {
                "id": 52,
                "sender": "System",
                "type": "email",
                "internal": False,
                "from": "Doors",
                "created_by": "-",
                "content_type": "text/plain",
                "body": "We have your <letter>.",
                "created_at": "2026-02-01T08:00:01.000Z",
            },
            {
                "id": 53,
                "sender": "Agent",
                "type": "note",
                "internal": True,
                "from": "Vera Roy",
                "created_by": "vera@example.org",
                "content_type": "text/plain",
                "body": "Oil it.",
                "created_at": "2026-02-02T08:00:00.000Z",
            },
        ],
    },
    {
        "id": 6,
        "number": "22006",
        "title": "Door sticks",
        "group_id": 1,
        "group": "Doors",
        "priority_id": 2,
        "priority": "2 normal",
        "state_id": 3,
        "state": "pending reminder",
        "owner_id": 1,
        "owner": "-",
        "customer_id": 9,
        "customer": "bo@example.com",
        "created_at": "2026-02-03T08:00:00.000Z",
        "updated_at": "2026-02-04T08:00:00.000Z",
    },
]

OSTICKET = (
    "Ticket Number,Date Created,Subject,From,From Email,Priority,Department,Help Topic,Source,Current Status,"
    "Last Updated,SLA Due Date,SLA Plan,Due Date,Closed Date,Overdue,Merged,Linked,Answered,Agent Assigned,"
    "Team Assigned,Thread Count,Reopen Count,Attachment Count,Task Count\n"
    "100017,2026-02-01 09:00:00,Sink drips,Ann Lee,ann@example.com,Emergency,Water,Repairs,Web,Closed,"
    "2026-02-02 09:00:00,2026-02-03 09:00:00,Default,,2026-02-02 09:00:00,0,0,0,1,Vera Roy,,3,1,0,0\n"
    "100018,2026-02-01 10:00:00,Tap drips,Bo Ek,bo@example.com,Normal,Water,Repairs,Phone,Open,"
    "2026-02-01 10:00:00,2026-02-03 10:00:00,Default,,,0,0,0,0,,Plumbers,1,0,0,0\n"
)

FRESHDESK: list[dict[str, Any]] = [
    {
        "id": 31,
        "subject": "Cart is empty",
        "description": "<div>My cart<br>is empty.</div>",
        "description_text": "",
        "status": 2,
        "priority": 4,
        "source": 7,
        "type": "Cart trouble",
        "requester_id": 801,
        "responder_id": None,
        "group_id": None,
        "company_id": 5,
        "due_by": "2026-02-08T09:00:00Z",
        "tags": [],
        "custom_fields": {"cf_shop": "North"},
        "created_at": "2026-02-01T09:00:00Z",
        "updated_at": "2026-02-01T09:00:00Z",
        "requester": {"id": 801, "name": "Ann Lee", "email": "ann@example.com"},
        "conversations": [
            {
                "id": 311,
                "body_text": "Gone.",
                "incoming": False,
                "private": False,
                "user_id": 601,
                "deleted": True,
                "created_at": "2026-02-01T10:00:00Z",
            }
        ],
    }
]


def lines(records: list[dict[str, Any]]) -> str:
    """One object a line."""
    return "".join(json.dumps(one) + "\n" for one in records)
