"""Feedback: what was asked, and what was answered; without a score or words it was asked and not answered."""

from collections.abc import Mapping
from typing import Final

from agentdesk.domain.events import Event
from agentdesk.domain.vocabulary import FeedbackKind
from agentdesk.models import Feedback
from agentdesk.transfer.records.cells import instant, number, prose, text
from agentdesk.transfer.records.common import AGENT, CHANNEL, TICKET, WHO
from agentdesk.transfer.records.kind import EXTERNAL_ID, CellError, Field, Kind, Told

SCALES: Final[Mapping[str, tuple[int, int]]] = {"nps": (0, 10), "ces": (1, 7)}
"""Lowest and highest score where a map says nothing; 1 to 5 for every other kind."""
_HIGHEST: Final = 1000


def _finish(told: Told) -> Told:
    least, most = SCALES.get(told["kind"], (1, 5))
    for name, usual in (("scale_min", least), ("scale_max", most)):
        told[name] = usual if told.get(name) is None else told[name]
    if told["scale_min"] >= told["scale_max"]:
        raise CellError("is a scale without steps", "scale_max")
    score = told.get("score")
    if score is not None and not told["scale_min"] <= score <= told["scale_max"]:
        raise CellError(
            f"is not on the scale from {told['scale_min']} to {told['scale_max']}; say in [values.score] what it means",
            "score",
        )
    is_answered = score is not None or told.get("verbatim")
    told["answered_at"] = (told.get("answered_at") or told["at"]) if is_answered else None
    return told


def _infer(found: Mapping[str, str]) -> Mapping[str, str]:
    """A column `NPS score` says what kind of score it holds."""
    header = found.get("score", "").casefold()
    return next(
        ({"kind": kind} for kind in ("csat", "nps", "ces") if kind in header and "kind" not in found), {}
    )


FEEDBACK: Final = Kind(
    name="feedback",
    noun="feedback",
    model=Feedback,
    fields=(
        Field(
            EXTERNAL_ID,
            text,
            "responseid surveyid respondentid answerid feedbackid reviewid externalid uuid id",
        ),
        Field(
            "kind",
            text,
            "kind surveytype feedbacktype metric type",
            words=tuple(str(one) for one in FeedbackKind),
            means={
                "customer satisfaction": "csat",
                "satisfaction": "csat",
                "net promoter score": "nps",
                "customer effort score": "ces",
                "focus group": "focus_group",
            },
            is_needed=True,
        ),
        *WHO,
        TICKET,
        AGENT,
        CHANNEL,
        Field(
            "at",
            instant,
            "at askedat sentat offeredat surveydate createdat created date submittedat responsedate timestamp",
            is_needed=True,
        ),
        Field("answered_at", instant, "answeredat respondedat completedat"),
        Field(
            "score",
            number(-_HIGHEST, _HIGHEST),
            "score rating csat csatscore nps npsscore ces cesscore satisfactionscore satisfaction stars grade",
        ),
        Field("scale_min", number(-_HIGHEST, _HIGHEST), "scalemin minscore"),
        Field("scale_max", number(-_HIGHEST, _HIGHEST), "scalemax maxscore"),
        Field(
            "verbatim",
            prose,
            "verbatim comment comments feedback answer review text reason satisfactioncomment",
            joins="\n\n",
        ),
        Field("theme", text, "theme topic category"),
        Field("language", text, "language lang locale"),
    ),
    needs={
        ("kind",): "nothing tells what kind of feedback this is",
        ("at",): "nothing tells when somebody was asked",
        ("score", "verbatim"): "nothing tells what anybody answered",
    },
    finish=_finish,
    made=Event.FEEDBACK_RECEIVED,
    changed=Event.FEEDBACK_CHANGED,
    people={"agent": "agent_id"},
    has_ticket=True,
    has_customer=True,
    is_nobodys=True,
    infer=_infer,
)
