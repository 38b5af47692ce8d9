"""What can be asked about the vocabulary, and the replies: patterns of questions, each with what answers it."""

from __future__ import annotations

import re
from collections.abc import Callable

from stepweave.policies.rules import facts
from stepweave.policies.rules.facts import named
from stepweave.policies.rules.gist import nouns_and_marks, scenery
from stepweave.policies.rules.gist.nouns import Mark
from stepweave.policies.rules.stories import MOST as LONGEST_STORY
from stepweave.policies.rules.stories import USUAL
from stepweave.world import vocabulary
from stepweave.world.language.lexicon import part_of, things_in
from stepweave.world.language.wording import article, enumerated
from stepweave.world.things import Thing
from stepweave.world.things.actions import actions


def reply(text: str) -> str:
    """The reply to a question; empty if it is none of those that are known here."""
    for pattern, found in _REPLIES:
        if re.search(pattern, text, re.IGNORECASE) and (answer := found(text)):
            return answer
    return ""


def things(text: str) -> list[Thing]:
    """The things that a text names."""
    return [vocabulary.DRAWABLE[thing] for thing in things_in(text) if thing in vocabulary.DRAWABLE]


def _numbers(text: str) -> str:
    """How many there are of a part; of a thing, how many can be asked for."""
    words = re.findall(r"[a-z]+", text.lower())
    owners = [thing for thing in things(text) if thing.name in vocabulary.THINGS]
    found = [
        facts.number(thing, part)
        for thing in owners
        for part in dict.fromkeys(part_of(thing.name, word) for word in words)
        if part is not None
    ]
    if not found and owners and re.search(r"\bha(?:s|ve)\b", text, re.IGNORECASE):
        return f"None are drawn: {' '.join(map(facts.parts, owners))}"
    most = (
        f"Up to {vocabulary.MOST} of a kind can be asked for at once; in a picture there is room for about ten things."
    )
    return " ".join(found) or most


def _pictures(_text: str) -> str:
    return (
        "As many as you say, or as it takes: a lesson has one for each part of a thing, a list of changes one for each "
        f"of them, a story {USUAL} unless you say otherwise and up to {LONGEST_STORY}."
    )


def _kinship(text: str) -> str:
    """Is a square a rectangle? Is a penguin a bird?"""
    found = things(text)
    kinds = [
        name for name, words in _KINDS.items() if re.search(rf"\b(?:{words}|{name[:-1]})\W*$", text, re.IGNORECASE)
    ]
    if found and kinds:
        yes = found[0] in facts.KINDS[kinds[0]]
        return f"{'Yes' if yes else 'No'}. {facts.kind(kinds[0])}"
    if len(found) != 2:
        return ""
    one, other = (thing.name for thing in found)
    if (one, other) in BROADER:
        return f"Yes: {BROADER[one, other]} Here each of the two is a shape of its own, with a name of its own."
    also = f" {BROADER[other, one]}" if (other, one) in BROADER else ""
    return f"No: {article(one)} and {article(other)} are different things.{also}"


BROADER = {
    ("square", "rectangle"): "every square is a rectangle, one with four equal sides.",
    ("square", "diamond"): "a square that stands on its corner is a diamond.",
    ("circle", "oval"): "every circle is an oval, one that is as wide as it is high.",
}
"""What one shape is besides, and why."""


def _difference(text: str) -> str:
    found = things(text)
    if len(found) > 1:
        return " ".join(f"{facts.parts(thing)} {facts.colours(thing)}" for thing in found)
    related = any(isinstance(one, Mark) and one.kind in ("relation", "place") for one in nouns_and_marks(text))
    return _places(text) if related else ""


def _owning(text: str) -> str:
    """Does a snowman have arms?"""
    words = re.findall(r"[a-z]+", text.lower())
    for thing in things(text):
        named_parts = [part for word in words if (part := part_of(thing.name, word))]
        return f"{'Yes' if named_parts else 'No'}. {facts.parts(thing)}"
    return ""


def _able(text: str) -> str:
    """Can a cat sleep? Can the arm hold a cup?"""
    found = things(text)
    if not found:
        return ""
    asked = [
        one.value for one in nouns_and_marks(text) if isinstance(one, Mark) and one.kind in ("acts", "acting", "verb")
    ]
    holds = found[0].grip is not None and "hold" in asked
    opens = "open" in asked and "open" in actions(found[0])
    if any(one in actions(found[0]) for one in asked) or holds or opens:
        return f"Yes. {facts.abilities(found[0])}"
    return " ".join(map(facts.abilities, found))


def _writing(_text: str) -> str:
    return (
        f"Yes: words in quotes are written into the picture, up to {vocabulary.LONGEST_LABEL} characters. For example: "
        'write "Hello" at the top. They can be moved, coloured and removed like things.'
    )


def _kinds(text: str) -> str:
    """All things of the kinds that a question names."""
    return " ".join(
        facts.kind(name) for name, words in _KINDS.items() if re.search(rf"\b(?:{words})\b", text, re.IGNORECASE)
    )


_KINDS = {
    "animals": "animals?|creatures?|beasts?|pets?",
    "birds": "birds",
    "vehicles": "vehicles?|transport",
    "food": "foods?|(?:things\\s+)?to\\s+eat|snacks?",
    "things of the house": "furniture|household|things\\s+(?:in|of|for)\\s+(?:the|a)\\s+house",
}


def _turns(_text: str) -> str:
    return "Everything can be turned by 90, 180 or 270 degrees and flipped left to right; upside down is 180 degrees."


def _about(text: str) -> str:
    return " ".join(map(facts.about, things(text)))


def _parts(text: str) -> str:
    return " ".join(map(facts.parts, things(text)))


def _colours(text: str) -> str:
    if found := things(text):
        return " ".join(map(facts.colours, found))
    return f"The colours are {named(vocabulary.COLOURS)}. Their common shades are drawn as the nearest of these."


def _deeds(text: str) -> str:
    return " ".join(map(facts.abilities, things(text))) or facts.deeds()


def _settings(_text: str) -> str:
    return facts.settings()


def _sizes(_text: str) -> str:
    return f"The sizes are {named(vocabulary.SIZES)}; things can also be made bigger or smaller."


def _places(_text: str) -> str:
    relations = ["between two others" if kind == "between" else f"{kind} another" for kind in vocabulary.RELATIONS]
    return f"The places are {named(vocabulary.PLACES)}; a thing can also be {enumerated(relations)}."


def _shapes(_text: str) -> str:
    return f"The shapes are {named(vocabulary.SHAPES)}."


def _drawable(_text: str) -> str:
    return (
        f"These shapes can be drawn: {named(vocabulary.SHAPES)}. These things made of parts: "
        f'{named(vocabulary.THINGS)}. And words, in quotes: write "Hello". {_colours("")} {_sizes("")} {_places("")} '
        f"{facts.settings()} {facts.deeds()}"
    )


def _edits(_text: str) -> str:
    return (
        "Things and parts can be added, removed, moved, painted, turned, flipped, copied, replaced, and made bigger or "
        "smaller; they can do something and stop; the background can have another colour, or be another place. For "
        'example: "Draw a cat. Move it to the left. Let it sleep. Set the scene at night."'
    )


def _asking(_text: str) -> str:
    return (
        'Ask for a drawing lesson ("How do I draw a cat in 4 steps?"), give instructions ("1. Draw a house. 2. Add a '
        'tree on the left."), or ask for a story ("a story about a cat and a boat in 4 pictures"). ' + _drawable("")
    )


def _own_pictures(_text: str) -> str:
    return (
        'Yes: give a picture with --image, for example: stepweave run "Add a sun at the top." --image house.png. What '
        "is added can be moved and changed later; what was there before stays a picture."
    )


def _running(_text: str) -> str:
    return (
        "It runs on your own machine. Its own generator, planner and critic need no account, no key and no network, "
        "and cost nothing."
    )


def _audience(_text: str) -> str:
    return (
        "Yes: nothing can be drawn but the plain shapes and things that it knows, in the words of a child if need be; "
        'ask "What can you draw?" for all of them.'
    )


def _known(text: str) -> str:
    """Does it know what a gripper is?"""
    return f"Yes. {_about(text)}" if things(text) else ""


def _having(text: str) -> str:
    """Which things have wheels?"""
    words = re.findall(r"[a-z]+", text.lower())
    found = [
        thing.name for thing in vocabulary.THINGS.values() if any(part_of(thing.name, word) for word in words[-2:])
    ]
    return f"These have that: {named(found)}." if found else ""


def _there(text: str) -> str:
    """Is there snow?"""
    if scenery(nouns_and_marks(text)):
        return facts.settings()
    return f"Yes. {_about(text)}" if things(text) else ""


_THING = r"(?:an?|the|one)\s+[\w ]+?"
_REPLIES: tuple[tuple[str, Callable[[str], str]], ...] = (
    (r"\bhow\s+many\s+(?:\w+\s+)?(?:pictures|images|steps|frames|panels|scenes|stages|drawings)\b", _pictures),
    (
        r"\bhow\s+many\b(?!\s+(?:different\s+)?(?:\w+\s+)?(?:colou?rs|shades|parts|sizes|places|shapes"
        r"|settings|actions|edits|kinds)\b)"
        r"(?!\s+(?:different\s+)?(?:things|objects|animals)\s+(?:can|do)\s+you\s+(?:draw|know)(?!.*\bat\s+once))"
        r"|\b(?:biggest|highest|largest|maximum|greatest)\s+number\b|\bcount\s+to\b|\bthe\s+most\s+things\b",
        _numbers,
    ),
    (
        rf"^(?!.*\bthan\b)(?:is|are)\s+{_THING}\s+(?:also\s+|really\s+)?(?:an?|the|some|kinds?\s+of)\s+(?:sort\s+of\s+|kind\s+of\s+)?\w+",
        _kinship,
    ),
    (r"\bdifference\b|\bdiffers?\b|\bcompare", _difference),
    (r"\b(?:actions?|abilit\w+|poses?|expressions?|feelings?|moods?)\b", _deeds),
    (
        r"^(?!.*\b(?:have|need)\s+to\b).*\b(?:animals?|creatures?|pets?|vehicles?|foods?|furniture"
        r"|(?<=which )birds|(?<=what )birds|(?<=any )birds|to"
        r"\s+eat)\b(?!.*\bcan\s+(?!i\b|you\b))",
        _kinds,
    ),
    (r"^(?:which|what)\s+.*\b(?:have|has|got)\s+(?:an?\s+)?\w+\W*$", _having),
    (r"^(?:is|are)\s+there\b|^do\s+you\s+know\s+(?!how|what|which)", _there),
    (r"\bupside|\bturned\b|\brotat|\bflip", _turns),
    (r"\bparts?\b|\bmade (?:up )?of\b|\bconsists?\b", _parts),
    (rf"^(?:does|do|has|have)\s+(?:{_THING}|\w+)\s+(?:have|has|got)\b", _owning),
    (r"\b(?:colou?rs?|shades?)\b(?!.*\bof\b.*\bto\b)", _colours),
    (r"\bsettings?\b|\bscener(?:y|ies)\b|\bbackdrops?\b|\bbackgrounds?\b", _settings),
    (r"\b(?:text|letters|captions?|writ(?:e|ten|ing)|speech\s+bubbles?)\b", _writing),
    (r"\bhow\s+(?:an?|the)\s+.*\blooks?\s+like\b|\bwhat\s+(?:an?|the)\s+.*\blooks?\s+like\b", _about),
    (r"^(?:can|could)\s+(?!you\b|i\b|we\b)\w+\s+\w+", _able),
    (
        r"^(?!.*\blooks?\b).*\b(?:can|could|does)\s+(?:an?|the)\s+[\w ]+?\s+\w+\b|\bwhat\s+(?:can|do)\s+\w+\s+do\b"
        r"|\b(?:which|what)\s+(?:things?|animals?|ones?)\s+can\b|\bwho\s+can\b",
        _deeds,
    ),
    (r"\bsizes?\b|\bhow (?:big|large|small)\b|\b(?:bigger|smaller|larger)\b", _sizes),
    (r"\b(?:places?|positions?|where|relations?|locations?)\b", _places),
    (r"\bshapes\b|\b(?:which|what) shape", _shapes),
    (r"\b(?:edit(?:s|ed)?|changed?|changes|operations?|modif\w+|corrected?|undo)\b", _edits),
    (
        r"\b(?:who|what) are you\b|\bhow do (?:i|you) (?:ask|use)\b|\bhelp\b|\bwhat can i (?:ask|say)\b"
        r"|\bhow does this work\b",
        _asking,
    ),
    (
        r"\b(?:can|can't|cannot|could|do|are) (?:you|it|this|i|we) (?:able to |only |also )?"
        r"(?:draw|make|paint|do|know|plan|sketch)\b"
        r"|\bthings\b|\bobjects\b|\b(?:vocabulary|words)\b|\bwhat is (?:known|possible)\b",
        _drawable,
    ),
    (r"^(?:do|does)\s+(?:you|it|this|the\s+\w+)\s+know\b", _known),
    (
        r"\b(?:my|our|own|real)\s+(?:own\s+)?(?:photos?|pictures?|images?|drawings?|camera)\b|\bcamera|\bupload|\bphotos?\b",
        _own_pictures,
    ),
    (
        r"\bregist\w+|\bsign(?:ing)?\s+(?:up|in)\b|\baccount|\blog(?:ging)?\s*in\b|\bpay\b|\bcosts?\b|\bpric\w+|\bfree\b|\binternet"
        r"|\boffline|\bonline|\bdownload|\bgpu\b|\binstall",
        _running,
    ),
    (
        r"\b(?:ok|okay|good|suitable|safe|right|fine|meant|made|appropriate)\s+for\b|\b(?:use\s+(?:this|it)|work\s+with)\b.*\b(?:kids?"
        r"|child(?:ren)?|pupils?|students?)\b|\b(?:kids?|child(?:ren)?|pupils?|students?)\s+use\b",
        _audience,
    ),
    (r"\b(?:type|enter|start|begin|work|use)\b", _asking),
)
"""Patterns of questions, the first that fits, with what answers it."""
