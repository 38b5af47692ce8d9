"""Says in the verbs of the language what is told in others: "floats above", "take it away", "give it a friend"."""

from __future__ import annotations

import re
from functools import cache

from stepweave.policies.rules.hearing.phrases import QUOTE, first_thing, last_named, rule
from stepweave.policies.rules.hearing.sayings import PLACED, SAYINGS
from stepweave.policies.rules.hearing.swapping import swapped
from stepweave.world.language.lexicon import plural, things_in

_STARTS = r"(?P<lead>^|[.!?;:,\n]\s*|\b(?:and|then|next|now|first|finally|lastly|that|step\s+\d+:)\s+|\d[.)]\s*)"


@cache
def _rules() -> tuple[tuple[re.Pattern[str], str | None], ...]:
    return tuple(
        (rule(pattern.replace("{placed}", PLACED).replace("{quote}", QUOTE)), plain) for pattern, plain in SAYINGS
    )


def plainly_said(text: str) -> str:
    """A request in the verbs of the language."""
    for pattern, plain in _rules():
        text = pattern.sub(plain, text) if plain is not None else pattern.sub(_described, text)
    for change in (
        _taken_away,
        _opened,
        _emptied,
        _on_its_side,
        _same_scene,
        _pointed_at,
        _friends,
        swapped,
        _both,
        _verbless,
        _persons,
    ):
        text = change(text)
    return text


def placed(text: str) -> str:
    """ "A bear stands behind a table" as "a bear behind a table"; of what is there, "it is in the box" as a move."""
    where = (
        r"(?=(?:{relation}|{place})\s+(?:{np}|it\b)|(?:at|in|on|to|near)\s+(?:the\s+)?(?:{place}|{setting})\b"
        r"|{place}\b)"
    )
    text = rule(rf"{_STARTS}(?P<who>(?:an?|one|two|three|four|five|another)\s+{{bare}})\s+{PLACED}\s+{where}").sub(
        r"\g<lead>\g<who> ", text
    )
    related = r"(?P<rel>(?:{relation}))\s+(?=(?:an?|the|its|it)\b)(?!(?:the|an?)\s+(?:{place}|{setting})\b)"
    text = rule(
        rf"{_STARTS}(?P<who>the\s+{{bare}})\s+{PLACED}"
        rf"\s+{related}"
    ).sub(r"\g<lead>put \g<who> \g<rel> ", text)
    text = rule(rf"(?P<lead>\d\.\s+)(?P<who>the\s+{{bare}})\s+{related}").sub(r"\g<lead>put \g<who> \g<rel> ", text)
    return rule(r"(?P<lead>\d\.\s+|[.;!]\s*)(?P<who>the\s+{bare})\s+(?:is\s+)?holding\s+").sub(
        r"\g<lead>\g<who> holds ", text
    )


def _described(match: re.Match[str]) -> str:
    """ "A person who is crying" as "a crying person"; "balloons left and right" as one on each side."""
    if "who" not in match.groupdict():
        one = next(iter(things_in(match["what"])), "")
        return f"a {one} on the left and a {one} on the right"
    name = rule(r"{thing}$").search(match["who"])
    if name is None:
        return match[0]
    return f"{match['who'][: name.start()]}{match['how']} {name[0]} "


def _another_one(text: str) -> str:
    """ "A red heart and another one" as "a red heart and another red heart"."""

    def named(match: re.Match[str]) -> str:
        found = rule(r"\b(?:an?|one)\s+(?P<what>{bare})").findall(text[: match.start()])
        return f"another {found[-1]}" if found else match[0]

    return re.sub(r"\banother\s+one\b", named, text, flags=re.IGNORECASE)


def _in_order(text: str) -> str:
    """ "The first ball", where balls of several colours were named, as "the blue ball"."""
    order = ("first", "second", "third")

    def named(match: re.Match[str]) -> str:
        before = rule(r"\b(?:an?|one|another)\s+(?P<bare>{bare})").finditer(text[: match.start()])
        alike = [one["bare"] for one in before if things_in(one["bare"]) == things_in(match["what"])]
        index = order.index(match["which"].lower())
        return f"the {alike[index]}" if index < len(alike) > 1 else match[0]

    return rule(r"\bthe\s+(?P<which>first|second|third)\s+(?P<what>{thing})").sub(named, text)


def _out_of_it(text: str) -> str:
    """ "It jumps out" as a move beside what it was in."""

    def beside(match: re.Match[str]) -> str:
        inside = re.findall(
            r"\b(box|bowl|cup|gift|basket|car|boat|bus"
            r"|house)\b",
            text[: match.start()],
            re.IGNORECASE,
        )
        return f"move {match['who']} next to the {inside[-1].lower()}" if inside else match[0]

    return rule(
        r"\b(?P<who>it|he|she|the\s+{bare})\s+(?:jumps|hops|comes|climbs|gets|flies|runs|walks)\s+out(?:"
        r"\s+of\s+(?:it|the\s+{bare}))?(?=\s*[.;!?,]|\s*$)"
    ).sub(beside, text)


def _taken_away(text: str) -> str:
    """ "Take one away" as "remove one of the trees"."""

    def removed(match: re.Match[str]) -> str:
        named = things_in(text[: match.start()])
        return f"{match['lead']}remove one of the {plural(named[-1])}" if named else match[0]

    return rule(
        rf"{_STARTS}(?:take|remove|delete)\s+(?:another|one|a\s+second|one\s+more)(?:\s+one)?(?:\s+away)?(?="
        rf"\s*[.,;!]|\s*$)"
    ).sub(removed, text)


def _opened(text: str) -> str:
    """ "Open the box" where none was named draws an open one."""

    def drawn(match: re.Match[str]) -> str:
        new = not set(things_in(match["what"])) & set(things_in(text[: match.start()]))
        return f"{match['lead']}draw an open {match['what']}" if new else match[0]

    return rule(rf"{_STARTS}open\s+(?:the|an?|my)\s+(?P<what>{{bare}})").sub(drawn, text)


def _emptied(text: str) -> str:
    """ "The bowl is empty" where something was put in it takes that out."""

    def removed(match: re.Match[str]) -> str:
        inside = rule(
            rf"(?P<what>{{bare}})\s+(?:is\s+)?(?:in|into|inside)\s+(?:the|an?)\s+(?:\w+"
            rf"\s+)?{match['what']}\b"
        )
        found = inside.findall(text[: match.start()])
        return f"{match['lead']}remove the {found[-1]}" if found else match[0]

    return rule(
        rf"{_STARTS}the\s+(?P<what>cup|bowl|box|jug|basket)\s+is\s+(?:now\s+)?empty(?:\s+again)?(?="
        rf"\s*[.!;]|\s*$)"
    ).sub(removed, text)


def _on_its_side(text: str) -> str:
    """ "A house with a tree on its left and a car on its right" as both beside the house."""

    def beside(match: re.Match[str]) -> str:
        said = re.sub(
            r"\b(?:on|to|at)\s+(?:its|his|her)\s+(left|right)(?:\s+(?:hand\s+)?side)?\b",
            rf"to the \1 of the {match['owner']}",
            match["said"],
            flags=re.IGNORECASE,
        )
        has = " and" if match["has"].lower() == "with" and said != match["said"] else f" {match['has']}"
        lead = "" if match["has"].lower() == "has" and said != match["said"] else f"{match['who']}{has} "
        return f"{lead}{said}" if said != match["said"] else match[0]

    return rule(
        r"(?P<who>(?:the|an?)\s+{adjectives}(?P<owner>{thing}))\s+(?P<has>has|with)"
        r"\s+(?P<said>[^.!?;\n]*?\b(?:its|his|her)\s+(?:left|right)\b[^.!?;\n]*)"
    ).sub(beside, text)


def _same_scene(text: str) -> str:
    """ "The same house at night" as a change of the scene, in which the house stays."""
    return rule(
        rf"{_STARTS}(?:(?:the|that)\s+)?same\s+{{bare}}\s*,?\s+(?:but\s+)?(?:now\s+)?(?P<where>(?:(?:at|in|on"
        rf"|by|under)\s+)?(?:the\s+|an?\s+)?{{setting}})(?=\s*[.!;,]|\s*$)"
    ).sub(r"\g<lead>set the scene \g<where>", text)


def _pointed_at(text: str) -> str:
    """ "The middle one" as "the flower in the middle"."""

    def named(match: re.Match[str]) -> str:
        found = things_in(text[: match.start()])
        return f"the {found[-1]} in the {match['place']}" if found else match[0]

    return rule(r"\bthe\s+(?P<place>{place})\s+one\b").sub(named, text)


def _both(text: str) -> str:
    """ "Both of them", where two of a kind were named one by one, as "all the hearts"."""

    def named(match: re.Match[str]) -> str:
        before = [things_in(one[0]) for one in rule(r"\b(?:an?|one|another)\s+{bare}").finditer(text[: match.start()])]
        if len(before) < 2 or before[-1] != before[-2]:
            return match[0]
        return f"all the {plural(before[-1][0])}"

    return re.sub(
        r"(?<!stack )(?<!pile )(?<!stack all of )(?<!pile all of )\b(?:both\s+of\s+them|all\s+of\s+them|both"
        r"|them)\b(?!\s+\w+s\b)",
        named,
        text,
        flags=re.IGNORECASE,
    )


def _friends(text: str) -> str:
    """ "Give it a friend" as another one beside it."""

    def another(match: re.Match[str]) -> str:
        named = first_thing(match["who"]) or next(reversed(things_in(text[: match.start()])), "")
        return f"add another {named} next to the {named}" if named else match[0]

    return rule(r"\bgive\s+(?P<who>it|him|her|the\s+{bare})\s+(?:a|one)\s+(?:friend|companion|twin)\b").sub(
        another, text
    )


def _verbless(text: str) -> str:
    """ "Both of them bigger" as "make both of them bigger"."""
    return rule(
        r"(?P<lead>^|[.;!?\n]\s*|\d[.)]\s*|\bthen\s+)(?P<what>it|both(?:\s+of\s+them)?|all\s+of\s+them|they"
        r"|the\s+{bare})\s+(?P<how>bigger|smaller|larger|(?:in\s+)?{colour})(?=\s*[.;!?\n]|\s*$)"
    ).sub(r"\g<lead>make \g<what> \g<how>", text)


def _persons(text: str) -> str:
    """ "He" and "him" by name: the person named before, or whoever was."""

    def named(match: re.Match[str]) -> str:
        before = text[: match.start()]
        found = [one[0] for one in rule(r"\b(?:boy|man|girl|woman|lady|kid|child|person)\b").finditer(before)]
        name = found[-1].lower() if found else last_subject(before)
        return f"the {name}" if name else match[0]

    return re.sub(
        r"\b(?:he|she|him)\b|\bher\b(?=\s*[.,;!]|\s*$|\s+(?:an?|the|one)\b)", named, text, flags=re.IGNORECASE
    )


def last_subject(text: str) -> str:
    """The first thing of the last sentence that names one."""
    for sentence in reversed(re.split(r"[.!?;\n]+", text)):
        match = rule(r"\b{thing}\b").search(sentence)
        if match:
            return match[0].lower()
    return last_named(text)
