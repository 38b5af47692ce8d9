"""What "it" means where the language would take it for something else, and relations that name no thing."""

from __future__ import annotations

import re

from stepweave.policies.rules.hearing.phrases import QUOTE, first_thing, rule
from stepweave.world.language.lexicon import things_in

_SENTENCE = re.compile(r"(?:(?!,\s*(?:and\s+)?(?:then|finally|next|put|write|add|draw)\b)[^.!?;\n])+|[.!?;\n]+|,\s*")


def pointed(text: str) -> str:
    """A request in which it is said beside what everything is."""
    done = ""
    for sentence in _SENTENCE.findall(text):
        done += _with_it(_had(_dangling(_between(sentence), done)))
    return done


def _with_it(sentence: str) -> str:
    """ "A chair with a cat on it and a dog below" as "... and a cat on the chair and a dog below the chair"."""
    match = rule(rf"\s*,?\s+(?:with|and)\s+(?={{np}}\s+{_BESIDE})").search(sentence)
    owner = things_in(sentence[: match.start()])[:1] if match else ()
    if match is None or not owner or re.match(r"\s*(?:put|add|draw)\s+it\b", sentence):
        return sentence
    rest = rule(rf"(?P<what>{{np}})\s+{_BESIDE}").sub(
        lambda one: f"{one['what']} {_relation(one['rel'] or one['bare'])} the {owner[0]}", sentence[match.end() :]
    )
    return f"{sentence[: match.start()]} and {rest}"


def _relation(said: str) -> str:
    """A relation as it stands before a thing: "in front" is "in front of"."""
    plain = {"on top": "on", "in front": "in front of", "in": "inside"}
    return plain.get(re.sub(r"\s+", " ", said.lower()), said)


_BESIDE = (
    r"(?:(?P<rel>{relation})\s+(?:it|him|her)\b|(?P<bare>inside|above|below|underneath|beneath|behind"
    r"|beside|in\s+front|on\s+top)"
    r"(?=\s*[,.;!?]|\s*$|\s+and\s+(?:an?|one|two|three)\b))"
)


def _had(sentence: str) -> str:
    """ "The table has a cake on it" as "a cake on the table"."""
    sentence = rule(
        r"\b(?P<owner>(?:the|an?)\s+{bare})\s+has\s+(?P<what>{np})\s+(?P<rel>on|in|under|above|below"
        r"|behind|inside)\s+(?:top\s+of\s+)?it\b"
    ).sub(r"\g<what> \g<rel> \g<owner>", sentence)
    return sentence


def _between(sentence: str) -> str:
    """ "A and b with a carrot in between" as "... and a carrot between the a and the b"."""
    match = rule(
        r"\s*,?\s+(?:with|and)\s+(?P<what>{np})\s+(?:in\s+)?between(?:\s+(?:them|the\s+two|both))?\s*$"
    ).search(sentence)
    if match is None:
        return sentence
    named = [one["bare"] for one in rule(r"\b(?:an?|the|one)\s+(?P<bare>{bare})").finditer(sentence[: match.start()])]
    if len(named) < 2:
        return sentence
    start = re.sub(r"\s+and\s+(?=(?:an?|the|one)\s)", ", ", sentence[: match.start()])
    return f"{start} and {match['what']} between the {named[-2]} and the {named[-1]}"


def _dangling(sentence: str, before: str) -> str:
    """ "Write ... below", "put the block inside": beside or in what the request began with."""
    match = re.search(
        rf"(?P<what>{QUOTE}|\w+)\s+(?P<rel>below|above|underneath|beneath|inside|under(?:neath)?|on\s+top"
        rf"|behind|beside)(?:\s+there)?\s*(?P<end>\\s*,.*)?$",
        sentence,
        re.IGNORECASE,
    )
    if match is None or re.fullmatch(r"\d+", match["what"]):
        return sentence
    own = things_in(sentence[: match.start("rel")])
    told = [thing for thing in things_in(before) if thing not in own]
    target = first_thing(" ".join(told)) if told else "words" if re.search(QUOTE, sentence[: match.start()]) else ""
    rel = "on" if match["rel"].lower() == "on top" else match["rel"]
    return f"{sentence[: match.start('rel')]}{rel} the {target}{match['end'] or ''}" if target else sentence
