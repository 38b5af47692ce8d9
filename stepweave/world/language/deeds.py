"""Words for what things do and how they look: "sleeps", "is sleeping", "asleep", "a happy dog"."""

from __future__ import annotations

from collections.abc import Iterator

REST = "rest"
"""Stands for the end of whatever a thing did."""

VERBS: dict[str, str] = {
    "sleep": "sleep, fall asleep, go to sleep, snooze, nap, take a nap, doze, dream, snore, slumber",
    "smile": "smile, grin, laugh, giggle, beam, be happy, cheer up",
    "cry": "cry, weep, sob",
    "scowl": "scowl, frown, growl, get angry, be angry",
    "gasp": "gasp, be surprised, be amazed, marvel",
    "love": "love, be in love, fall in love",
    "sing": "sing, hum, whistle, chirp",
    "think": "think, wonder, ponder, muse",
    "run": "run, race, rush, dash, hurry, jog, trot, gallop, walk, stroll, swim, sail, drive, roll, crawl, cycle",
    "jump": "jump, hop, bounce, leap, skip",
    "dance": "dance, twirl",
    "fly": "fly, soar, glide, take off, lift off, hover",
    "open": "open, open up",
    "pour": "pour, pour out",
    "full": "be full",
    REST: "rest, wake up, wake, stop, do nothing, calm down, close, shut, settle down, hold still, stay calm, "
    "stop everything",
}
"""Verbs in their plain form; the first is the usual one."""

LOOKS: dict[str, str] = {
    "sleep": "asleep, sleepy, tired, fast asleep, sound asleep",
    "smile": "happy, glad, cheerful, joyful, merry, delighted, smiley, laughing",
    "cry": "sad, unhappy, tearful, in tears, upset",
    "scowl": "angry, mad, furious, cross, grumpy",
    "gasp": "surprised, amazed, astonished, shocked, startled, astounded",
    "love": "in love, lovestruck, lovesick",
    "think": "thoughtful, pensive, lost in thought, deep in thought, puzzled",
    "run": "on the move",
    "open": "open, opened, wide open",
    "pour": "tipped over to pour",
    "full": "full, filled, filled up, full up, brimful",
    REST: "empty, emptied, awake, wide awake, calm, closed, shut, at rest",
}
"""How something looks while it does it."""

_DOUBLED = frozenset({"nap", "grin", "sob", "hum", "run", "jog", "trot", "swim", "hop", "skip", "stop", "shut"})
_THIRD = {"be": "is", "do": "does", "go": "goes"}
_OWN_LOOKS = {"love": "in love", "open": "open", "full": "full"}


def base(action: str | None) -> str:
    """The plain form of what something does: "sleep", for "let the cat sleep"."""
    return {None: "do nothing", "love": "be in love", "full": "be full"}.get(action, action or "")


def doing(action: str | None) -> str:
    """What something does, as a verb: "sleeps"."""
    return third(base(action))


def looking(action: str | None) -> str:
    """How something is that does it: "sleeping"."""
    return _OWN_LOOKS.get(action or "", participle(base(action)))


def third(verb: str) -> str:
    """The form for "the cat": "sleeps"."""
    first, rest = _cut(verb)
    if first.endswith("y") and first[-2] not in "aeiou":
        return f"{first[:-1]}ies{rest}"
    ending = "es" if first.endswith(("s", "sh", "ch", "x")) else "s"
    return f"{_THIRD.get(first, first + ending)}{rest}"


def participle(verb: str) -> str:
    """The form for "the cat is": "sleeping"."""
    first, rest = _cut(verb)
    if first in _DOUBLED:
        first = f"{first}{first[-1]}"
    elif first.endswith("e") and len(first) > 2:
        first = first[:-1]
    return f"{first}ing{rest}"


def verbs() -> Iterator[tuple[str, str]]:
    """All finite forms, each with its action."""
    for action, listed in VERBS.items():
        for verb in listed.split(", "):
            yield verb, action
            yield third(verb), action


def looks() -> Iterator[tuple[str, str]]:
    """All forms behind "is", each with its action."""
    for action, listed in VERBS.items():
        for verb in listed.split(", "):
            if not verb.startswith("be "):
                yield participle(verb), action
    for action, listed in LOOKS.items():
        for word in listed.split(", "):
            yield word, action


def _cut(verb: str) -> tuple[str, str]:
    first, blank, rest = verb.partition(" ")
    return first, blank + rest
