"""Brings what is said of things to where the language expects it: "two cats, one black" is a black cat and another."""

from __future__ import annotations

import re

from stepweave.policies.rules.hearing.phrases import rule
from stepweave.world.language import deeds
from stepweave.world.language.lexicon import things_in

_AND = r"(?:\s*,\s*(?:and\s+)?|\s+and\s+)"
_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "2": 2, "3": 3, "4": 4, "5": 5}


def attributed(text: str) -> str:
    """A request whose things have their colours, sizes and places with them."""
    for change in (
        _where,
        _each_its_colour,
        _all_of_them,
        _all_doing,
        _appositions,
        _fragments,
        _parts_counted,
        _same_for_both,
    ):
        text = change(text)
    return _merged(_side_by_side(text))


def _where(text: str) -> str:
    """ "A kitchen where ..." as "in a kitchen, ..."; "we are at the beach: ..." as "at the beach: ..."."""
    text = rule(
        r"^(?:please\s+)?(?:(?:draw|show|paint|make|imagine|picture)\s+)?(?:me\s+)?(?:an?|the)"
        r"\s+(?P<setting>{setting})\s*,?\s+"
        r"(?:where|in\s+which|on\s+which)\s+(?:there\s+(?:is|are)\s+)?"
    ).sub(r"In a \g<setting>, ", text)
    text = rule(
        r"^(?:(?:we|you|i|they)\s*(?:are|am|'re|'m)|it\s+is|it's|the\s+(?:place|scene|setting)\s+is)"
        r"\s+(?=(?:at|in|on|under)\s+(?:the|an?)?\s*{setting}\s*[:,])"
    ).sub("", text)
    text = rule(r"^(?P<setting>{setting})(?:\s+(?:setup|set-up|scene))?\s*:\s*").sub(r"In a \g<setting>: ", text)
    text = rule(
        r"^(?:it\s+is|it's)\s+(?P<setting>{setting}|dark|snowing|night|winter)\s*[.!]\s+(?=(?:an?|the|there"
        r"|two|three|draw|add)\b)"
    ).sub(lambda match: f"{_WEATHER.get(match['setting'].lower(), 'In a ' + match['setting'])}: ", text)
    text = rule(
        r"\b(?P<what>(?:an?|the)\s+{bare})\s+in\s+(?:\w+|\d)?\s*(?:different\s+)?colou?rs\s*:"
        r"\s*(?P<list>{colour}(?:\s*,?\s*(?:and\s+)?(?:then\s+)?{colour})+)"
    ).sub(_in_turn, text)
    return rule(r"\b(?:an?\s+|the\s+)?empty\s+(?P<setting>{setting})\b").sub(r"a \g<setting>", text)


_WEATHER = {
    "dark": "At night",
    "night": "At night",
    "snowing": "In the snow",
    "winter": "In the snow",
    "snow": "In the snow",
}


def _in_turn(match: re.Match[str]) -> str:
    """ "A triangle in three colours: red, blue, green" as one painted again and again."""
    first, *others = (one[0] for one in rule(r"{colour}").finditer(match["list"]))
    name = re.sub(r"^(?:an?|the)\s+", "", match["what"], flags=re.IGNORECASE)
    return f"a {first} {name}{''.join(f', then paint it {colour}' for colour in others)}"


def _each_its_colour(text: str) -> str:
    """ "Two hearts, one pink and one white" as "a pink heart and a white heart"."""

    def apart(match: re.Match[str]) -> str:
        colours = [one[0] for one in rule(r"{colour}|{size}|{action}").finditer(match["colours"])]
        name = next(iter(things_in(match["name"])), "")
        if len(colours) != _COUNTS.get(match["count"].lower()) or not name:
            return match[0]
        listed = [f"a {match['adjectives']}{colour} {name}" for colour in colours]
        return f"{', '.join(listed[:-1])} and {listed[-1]}"

    one = r"(?:(?:one|the\s+(?:other|first|second|third))\s+(?:is\s+|in\s+)?)?"
    return rule(
        rf"\b(?P<count>two|three|four|five|[2-5])\s+(?P<adjectives>{{adjectives}})(?P<name>{{thing}})(?:\s+in"
        rf"\s+a\s+row)?\s*[:,(–-]\s*"
        rf"(?P<colours>{one}(?:{{colour}}|{{size}}|{{action}})(?:{_AND}{one}(?:{{colour}}|{{size}}"
        rf"|{{action}}))+)\b\)?"
    ).sub(apart, text)


def _all_of_them(text: str) -> str:
    """ "A, b and c, all of them green" as "a green a, a green b and a green c"."""

    def coloured(match: re.Match[str]) -> str:
        listed = rule(r"{np}").sub(lambda one: _inserted(one, match["colour"]), match["list"])
        return re.sub(r"\ban (?=[^aeiou])", "a ", listed)

    return rule(
        rf"(?P<list>{{np}}(?:{_AND}{{np}})+)\s*,?\s*(?:(?:which|that)\s+)?(?:(?:is|are|should\s+be)\s+)?(?:all"
        rf"|both|each|every\s+one)"
        r"(?:\s+of\s+(?:them|which|these))?(?:\s+(?:are|is|being|should\s+be|in|coloured|painted))*"
        r"\s+(?P<colour>{colour})\b"
    ).sub(coloured, text)


def _all_doing(text: str) -> str:
    """ "A dog and a cat are happy" as "a happy dog and a happy cat"."""

    def doing(match: re.Match[str]) -> str:
        listed = rule(r"{np}").sub(lambda one: _inserted(one, match["how"]), match["list"])
        return re.sub(r"\b(an?) (?=(\w))", lambda one: "an " if one[2].lower() in "aeiou" else "a ", listed)

    return rule(
        rf"(?P<list>(?:an?|one|two|three)\s+{{bare}}(?:{_AND}(?:an?|one|two|three)\s+{{bare}})+)\s+are"
        rf"\s+(?:both\s+|all\s+)?(?P<how>{{action}}|{{colour}}|{{size}})"
        r"(?=\s*[.!?;,]|\s*$|\s+(?:in|on|at|under)\b)"
    ).sub(doing, text)


def _inserted(one: re.Match[str], colour: str) -> str:
    """The colour before the name of a thing, if it has none yet."""
    if rule(r"{colour}").search(one[0]) and rule(r"{colour}").fullmatch(colour):
        return one[0]
    name = re.search(rule(r"{thing}$").pattern, one[0], re.IGNORECASE)
    return f"{one[0][: name.start()]}{colour} {name[0]}" if name else one[0]


def _appositions(text: str) -> str:
    """ "A balloon, all purple, floats" as "a purple balloon floats"."""
    return rule(
        r"\b(?P<article>an?|the|one)\s+(?P<thing>{thing})\s*,\s*(?:(?:all|completely|entirely|painted"
        r"|coloured|which\s+is|a)\s+)*(?P<how>{colour}|{size})\s*,"
        r"\s+(?=\w+s\b|is\b|are\b)"
    ).sub(r"\g<article> \g<how> \g<thing> ", text)


def _fragments(text: str) -> str:
    """ "Cactus, medium, bottom left. Sun, large, top right." as one list of things with their sizes and places."""
    pieces = [piece.strip() for piece in re.split(r"[.;\n]+", text) if piece.strip()]
    shape = rule(
        r"^(?P<np>{np})(?P<more>(?:\s*[,:–-]\s*(?:in\s+|at\s+|on\s+)?(?:the\s+)?(?:{size}|{colour}|{place}"
        r"|{action})(?:\s+corner)?)+)$"
    )
    found = [shape.match(piece) for piece in pieces]
    if not found or not all(found):
        return text
    return ", ".join(_assembled(match) for match in found if match is not None)


def _assembled(match: re.Match[str]) -> str:
    words = [
        re.sub(r"^(?:in|at|on)\s+|^the\s+", "", word.strip())
        for word in re.split(r"[,:–-]", match["more"])
        if word.strip()
    ]
    places = [word for word in words if rule(r"{place}(?:\s+corner)?").fullmatch(word)]
    others = [word for word in words if word not in places]
    lead = re.match(r"(?:an?|the|one|two|three|\d+)\s+", match["np"], re.IGNORECASE)
    bare = match["np"][lead.end() :] if lead else match["np"]
    where = f" at the {places[-1]}" if places else ""
    return f"{lead[0] if lead else 'a '}{' '.join([*others, bare])}{where}"


def _parts_counted(text: str) -> str:
    """ "Two windows" of a house are its windows: one or two of a part are the part, as it is drawn."""
    return rule(
        r"(?P<lead>\b(?:with|and)\s+|,\s+)(?:one|two|a\s+pair\s+of)\s+(?=(?:{colour}\s+|{size}"
        r"\s+)?{part}\b(?!\s+of\b))"
    ).sub(lambda match: match["lead"] if things_in(text[: match.start()]) else match[0], text)


def _same_for_both(text: str) -> str:
    """ "The cat is smiling and so is the dog" as two of the same; "is sad and crying" as one."""
    text = rule(r"\b(?P<is>is|are)\s+(?P<how>{action}|{colour})\s+and\s+so\s+(?:is|are|does)\s+(?P<other>{np})").sub(
        r"\g<is> \g<how> and \g<other> is \g<how>", text
    )
    meant = dict(deeds.looks())

    def once(match: re.Match[str]) -> str:
        same = meant.get(match["one"].lower()) == meant.get(match["two"].lower())
        return match["one"] if same else match[0]

    return rule(r"\b(?P<one>{action})\s+and\s+(?P<two>{action})\b").sub(once, text)


def _side_by_side(text: str) -> str:
    """ "A, b and c, side by side" as each to the right of the one before."""

    def chained(match: re.Match[str]) -> str:
        listed = [one[0] for one in rule(r"{np}").finditer(match["list"])]
        names = [next(iter(things_in(one)), "") for one in listed]
        if len(set(names)) < len(names):
            return match["list"]
        rest = [f"{one} to the right of the {before}" for before, one in zip(names, listed[1:], strict=False)]
        return f"{', '.join([listed[0], *rest[:-1]])} and {rest[-1]}"

    return rule(
        rf"(?P<list>{{np}}(?:{_AND}{{np}})+)\s*,?\s*(?:side\s+by\s+side|(?:right\s+)?(?:next\s+to|beside)"
        rf"\s+(?:each\s+other|one\s+another)|"
        r"all\s+in\s+a\s+row|in\s+a\s+row)\b"
    ).sub(chained, re.sub(r"\b(two\s+\w+(?:\s+\w+)?)\s*,?\s+side\s+by\s+side\b", r"\1", text))


def _merged(text: str) -> str:
    """What is said of a thing after a full stop ("Its wheels should be white.") belongs to the picture before."""
    should = r"(?:should\s+be|must\s+be|has\s+to\s+be|have\s+to\s+be|ought\s+to\s+be)"
    text = rule(
        rf"[.!]\s+(?P<what>(?:the|its|his|her|their|both|all)\b(?:\s+[\w']+){{0,4}}?)\s+{should}\s+(?:all"
        rf"\s+)?(?P<how>{{colour}})\b"
    ).sub(lambda match: f": {match['what'][:1].lower()}{match['what'][1:]} are {match['how']}", text)
    if rule(r"^(?:{np})\b(?!\s+(?:is|are)\b)").match(text):
        text = rule(
            r",?\s+and\s+(?:please\s+)?(?:make|paint|colour|color)\s+(?P<what>the\s+{thing}|it|them)"
            r"\s+(?P<how>{colour})(?=\s*[.!]?\s*$)"
        ).sub(r": \g<what> is \g<how>", text)
    return rule(
        r"\s*,\s*(?:and\s+)?(?:it|he|she)(?:'s|\s+is)\s+(?P<how>{action}|{colour}|{size})(?=\s*[.!;]|\s*$)"
    ).sub(r": it is \g<how>", text)
