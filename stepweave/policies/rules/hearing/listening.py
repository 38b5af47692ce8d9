"""The order in which a request is put into the language's own words."""

from __future__ import annotations

from stepweave.policies.rules.hearing.actors import acted
from stepweave.policies.rules.hearing.articles import introduced
from stepweave.policies.rules.hearing.asking import asked_plainly, parts_in_order
from stepweave.policies.rules.hearing.attributes import attributed
from stepweave.policies.rules.hearing.chatter import spelt_out, to_the_point
from stepweave.policies.rules.hearing.narrating import narrated
from stepweave.policies.rules.hearing.passing import passed
from stepweave.policies.rules.hearing.pointing import pointed
from stepweave.policies.rules.hearing.speaking import placed, plainly_said


def heard(request: str) -> str:
    """A request, its quotations masked, without chatter and asked for in a form that the planner knows."""
    return parts_in_order(asked_plainly(narrated(to_the_point(spelt_out(request)))))


def instructed(text: str, *, given: bool = False) -> str:
    """Instructions in the language's own words.

    Args:
        text: what is left of the request when all about its form is taken out.
        given: whether a picture was given, in which there is what the instructions speak of.
    """
    for hear in (passed, attributed, plainly_said, acted):
        text = hear(text)
    text = text if given else introduced(text)
    return placed(pointed(text))
