"""Answers in words: about what can be asked for, and about pictures that a question describes."""

from __future__ import annotations

import re

from stepweave.policies.rules import facts
from stepweave.policies.rules.counting import counted
from stepweave.policies.rules.drafts import Draft
from stepweave.policies.rules.gist import nouns_and_marks, question_in
from stepweave.policies.rules.gist.nouns import Noun
from stepweave.policies.rules.looking import seen
from stepweave.policies.rules.replies import reply, things
from stepweave.policies.rules.wishes import Wish
from stepweave.world.language import parse

ABOUT = re.compile(
    r"^(?:(?:what|who)(?:'s|\s+is|\s+are|\s+does|\s+do)|describe|explain|about)\s+(?:about\s+)?"
    r"(?P<what>(?:an?|the|one)\s+.+?)(?:\s+(?:looks?\s+like|is|are|means?))?[\s?.!]*$"
    r"|^(?:what\s+)?(?P<also>(?:an?|the)\s+\w+(?:\s+\w+)?)\s+(?:is|are|looks\s+like|means)[\s?.!]*$",
    re.IGNORECASE,
)
"""A question about one thing: "What is a robot arm?"."""
LONGEST = 5
"""Most words that name what such a question is about."""
LESSON = re.compile(r"\bhow\s+(?:to|do|can|is|are)\b|\bsteps?\b", re.IGNORECASE)


def answer(wish: Wish) -> tuple[Draft, ...] | None:
    """The answer to a question that words can answer; ``None`` if this is no such question.

    Raises:
        LanguageError: it asks about something that is not in the vocabulary.
    """
    question = question_in(wish.text)
    if question is None:
        return None
    asked, told = wish.spoken(question.asked), wish.spoken(question.told)
    if found := _pictured(told, asked):
        return (Draft(told=found, name="In words"),)
    if found := reply(asked):
        return (Draft(told=found, name="In words"),)
    if (match := ABOUT.match(asked)) and not LESSON.search(asked):
        what = match["what"] or match["also"]
        if len(what.split()) > LONGEST:
            return None
        if found := " ".join(facts.about(thing) for thing in things(what)):
            return (Draft(told=found, name=f"{what[:1].upper()}{what[1:]}"),)
        parse(f"draw {what}")
    return None


def _pictured(told: str, asked: str) -> str:
    """What can be seen in the picture that is told of, or counted in it."""
    if not any(isinstance(one, Noun) and one.head in ("thing", "text") for one in nouns_and_marks(told)):
        return ""
    return counted(told, asked) or seen(told, asked)
