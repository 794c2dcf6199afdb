"""“Was this right?”: opinions are kept only if the operator has named a file for them, and
never if they may be private.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qa.feedback import LONGEST_COMMENT
from qa.safety.personal import personal_data
from qa.web.pages.conversation import Conversation, Form, carried

if TYPE_CHECKING:
    from qa.feedback import Feedback
    from qa.service import Service

PRESSED = re.compile(r"([0-9]{1,8}):(yes|no)")
THANKS = "Thank you. Your opinion was kept."
PRIVATE = "Not kept: the comment seems to contain private details. Leave them out, then press again."
PERSONAL = "Not kept: the conversation seems to contain private details."
TOO_LONG = f"Not kept: the comment must be {LONGEST_COMMENT:,} characters or fewer."


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a reader said of turn ``number``."""

    number: int
    right: bool
    comment: str


@dataclass(frozen=True, slots=True)
class Reply:
    """The reply to an opinion on turn ``number``. If it was not ``kept``, ``comment`` is put back into the
    box.
    """

    number: int
    words: str
    kept: bool
    comment: str


def from_form(form: Form) -> tuple[Conversation, Opinion | None]:
    """Read the page's form, sent by a verdict: the conversation as it was, and the opinion, if it is about
    one of its turns.
    """
    conversation = replace(carried(form), draft=form.get("question", "").replace("\r\n", "\n").strip())
    pressed = PRESSED.fullmatch(form.get("right", ""))
    number = int(pressed[1]) if pressed else 0
    if pressed is None or not 0 < number - conversation.dropped <= len(conversation.questions):
        return conversation, None
    comment = form.get(f"comment-{number}", "").replace("\r\n", "\n").strip()
    return conversation, Opinion(number, pressed[2] == "yes", comment)


def keep(opinion: Opinion, conversation: Conversation, service: Service, feedback: Feedback) -> Reply:
    """Keep an opinion, with the answer it is about."""
    refusal = (
        TOO_LONG
        if len(opinion.comment) > LONGEST_COMMENT
        else PRIVATE
        if personal_data(opinion.comment)
        else ""
    )
    if refusal:
        return Reply(opinion.number, refusal, kept=False, comment=opinion.comment)
    place = opinion.number - conversation.dropped - 1
    earlier = conversation.questions[:place]
    answer = service.ask(conversation.questions[place], earlier)
    if answer.status == "signposted" or any(map(personal_data, earlier)):
        return Reply(opinion.number, PERSONAL, kept=False, comment="")
    feedback.add(
        answer,
        earlier,
        right=opinion.right,
        comment=opinion.comment,
        day=datetime.datetime.now(datetime.UTC).date(),
    )
    return Reply(opinion.number, THANKS, kept=True, comment="")
