"""Sizes, places, relations and verbs in other words, and the small words of English that hold a request together.

Data only, as in names.py and deeds.py.
"""

from __future__ import annotations

SIZES: dict[str, str] = {
    "tiny": "mini, miniature, minuscule, very small, very little",
    "small": "little, smallish",
    "medium": "mid, normal, average, regular, medium size, mid size",
    "large": "big, huge, giant, enormous, massive, gigantic, very big, very large, tall",
}
SIZED = "size, sized"
COMPARATIVES: dict[str, str] = {
    "bigger": "larger, taller",
    "smaller": "littler, tinier, shorter",
}

_VERTICAL = {"top": "top, upper", "bottom": "bottom, lower"}
_MIDDLE = "middle, centre, center, central"


def _corners() -> dict[str, str]:
    found = {**_VERTICAL, "left": "left, left hand", "right": "right, right hand"}
    found["middle"] = f"{_MIDDLE}, middle centre, middle center, very middle, very centre, very center"
    for row, rows in _VERTICAL.items():
        for side in ("left", "right"):
            pairs = [f"{word} {hand}" for word in rows.split(", ") for hand in (side, f"{side} hand")]
            found[f"{row} {side}"] = ", ".join([*pairs, f"{side} {row}"])
        middles = [f"{word} {middle}" for word in rows.split(", ") for middle in _MIDDLE.split(", ")]
        found[row] = ", ".join([found[row], *middles, *(f"{m} {row}" for m in ("middle", "centre", "center"))])
    for side in ("left", "right"):
        middles = [f"{m} {side}" for m in _MIDDLE.split(", ")] + [f"{side} {m}" for m in ("middle", "centre", "center")]
        found[side] = ", ".join([found[side], *middles])
    return found


PLACES: dict[str, str] = _corners()
SIDES = "corner, side, edge, half, part, area, third, end, margin, quarter, position"
"""Words after a place that add nothing to it."""

RELATIONS: dict[str, str] = {
    "left of": "to the left of",
    "right of": "to the right of",
    "above": "over, higher than, up above",
    "below": "under, beneath, underneath, lower than",
    "on": "back on, back onto, on top of, upon, atop, onto",
    "inside": "back in, back into, inside of, into, within, in",
    "next to": "beside, near, near to, close to, by, alongside",
    "between": "in between, midway between, halfway between, half way between, in the middle between",
    "behind": "in back of, at the back of, out from behind",
    "in front of": "",
    "held by": "in the grip of, in the hand of, in the hands of, in the claw of, in the paws of, in the arms of, "
    "carried by, gripped by, grasped by, in the fingers of",
}

_TO_TWELVE = "zero, one, two, three, four, five, six, seven, eight, nine, ten, eleven, twelve"
NUMBERS: dict[str, int] = {word: number for number, word in enumerate(_TO_TWELVE.split(", "))} | {
    "single": 1,
    "couple": 2,
    "couple of": 2,
    "pair": 2,
    "pair of": 2,
    "dozen": 12,
    "few": 3,
    "some": 3,
    "several": 4,
    "many": 6,
    "lots of": 6,
    "plenty of": 6,
    "a lot of": 6,
    "ninety": 90,
    "hundred eighty": 180,
    "hundred and eighty": 180,
    "one hundred eighty": 180,
    "one hundred and eighty": 180,
    "two hundred seventy": 270,
    "two hundred and seventy": 270,
    "forty five": 45,
    "thirty": 30,
    "sixty": 60,
}
"""``some`` and ``few`` are three, ``several`` four, ``many`` six: a picture has to settle on a number."""

VERBS: dict[str, str] = {
    "add": "draw, create, insert, include, show, depict, illustrate, render, generate, sketch, there is, there are, "
    "there should be, there must be, there have to be, there has to be, depicting, showing, containing, imagine, "
    "build, start with, begin with, "
    "introduce, "
    "use, put in, add in, draw in, hang, plant, produce",
    "put": "place, position, set, lay, stick, park, stack, rest, hide, puts, places, sets, lays, stacks",
    "paint": "color, colour, recolour, recolor, dye, tint, colour in, color in, repaint, shade, fill in",
    "fill": "fill up, top up",
    "make": "change, switch, keep, let, have, get",
    "scene": "set the scene, set the picture, set the story, let it take place",
    "turn": "",
    "rotate": "spin, swivel, twist, pivot",
    "flip": "mirror, reverse, turn around, turn round, flip around, flip over, flip round",
    "tip": "tip over, tip up, topple, knock over, lay down, tilt, turn over",
    "remove": "delete, erase, take away, take out, get rid of, clear, rub out, wipe, wipe out, eliminate, take, cut, "
    "drop, leave out, take off, clear away, scrap",
    "move": "pushes, brings, drags, shift, bring, slide, push, drag, relocate, carry, send, pull, reposition",
    "grow": "enlarge, expand, scale up, blow up, magnify",
    "shrink": "reduce, scale down",
    "resize": "scale",
    "write": "print, type",
    "replace": "swap, exchange, substitute",
    "give": "hand, pass, gives, hands, passes",
    "hold": "pick up, grab, grasp, grip, lift, lift up, catch, hold on to, take hold of",
    "duplicate": "copy, clone, double, repeat, draw again",
    "open": "open up, opens",
    "pour": "pour out, empty out, pours",
    "release": "let go of, let go, put down, set down, unhand, puts down, lets go of, releases",
    "calm": "wake, wake up, stop, close, shut, calm down, empty, closes, shuts",
}

POSES: dict[str, str] = {
    "90": "on its side, on their sides, on its right side, sideways, on his side, on her side",
    "180": "upside down, on its head, on his head, on her head, on their heads, head down, the other way up, "
    "the wrong way up, wrong way up, wrong side up, bottom up",
    "270": "on its left side",
    "flip": "mirrored, flipped, mirror image, the other way round, the other way around, facing the other way, "
    "facing backwards, face the other way, look the other way, face backwards, reversed, mirror inverted, "
    "looking the other way",
}
"""How something is turned, in degrees clockwise, or that it is flipped."""

SPUN: dict[str, str] = {
    "90": "a quarter turn, a quarter of a turn",
    "180": "half a turn, a half turn, halfway, half way, by half a turn",
    "270": "three quarters of a turn",
    "flip": "around, backwards, horizontally, left to right, the other way, in the mirror",
}
"""How far something is turned, where that is said of turning."""

DIRECTIONS: dict[str, str] = {
    "clockwise": "rightwards, to the right hand side",
    "anticlockwise": "counterclockwise, counter clockwise, anti clockwise, leftwards",
}

TIMES: dict[str, str] = {"1": "once, one time, one more time", "2": "twice", "3": "thrice"}

PLAIN: dict[str, str] = {
    "indefinite": "a, an, another, a second, a third, a fourth, a fifth, one more, new, a new, any",
    "definite": "the, this, that, these, those, my, your",
    "every": "all, all the, every, each, all of the, every one of the, both, both the",
    "none": "no",
    "owner": "its, their, his, her",
    "pronoun": "it, this one, that one, the first one, the other one, the first, the other",
    "pronouns": "them, both of them, all of them, these ones, they",
    "one": "one, ones",
    "possessive": "'s",
    "and": "and, plus, as well as, along with, together with, &, +, and also, but",
    "then": "then, next, afterwards, after that, finally, lastly, and then, later, first, at last, now, afterward",
    "with": "with, playing with, has, have, having, that has, that have, which has, who has, wearing",
    "without": "without, but no, but without, with no",
    "of": "of, for",
    "from": "from, off, out of",
    "to": "to, into",
    "preposition": "in, at, on, to, into, onto, towards, toward, over in, over at, near, over to, up to, down to, "
    "up in, down in, down at, up at, further to",
    "coloured": "in, coloured, colored, painted, coloured in, colored in, in the colour, in the color, of colour, "
    "filled in",
    "colourword": "colour, color, colours, colors, hue",
    "sizeword": "size",
    "background": "background, backdrop, back ground, sky, background colour, background color, setting, "
    "surroundings, landscape",
    "picture": "picture, image, canvas, page, drawing, scene, illustration, frame, sheet, paper, photo, sketch, "
    "composition, photograph, whole picture, screen",
    "against": "against, on, over, in front of, under, set against, with, before, beneath",
    "text": "text, word, words, title, label, caption, letters, writing, sentence, name, heading, message, "
    "inscription, "
    "the letters",
    "saying": "saying, that says, which says, reading, that reads, which reads, says, called, with the words, "
    "with the text",
    "be": "is, are, should be, must be, be, becomes, become, shall be, needs to be, need to be, will be, has to be, "
    "have to be, ought to be, must stay, stands, sits, goes, should go, lies, moves, "
    "turns, gets, grows, feels, looks, look, feel, seems, "
    "seem, should look, must look, should feel, hides, waits, stays, lives, stand, sit, lie, hide",
    "must": "should be, must be, shall be, needs to be, need to be, has to be, have to be, ought to be, must stay, "
    "there must be, there should be, there have to be, there has to be",
    "that": "that is, that are, which is, which are, who is",
    "precise": "exactly, precisely, pure, purely, clearly, distinctly, strictly, truly, unmistakably, definitely, "
    "only, "
    "exact, dead, firmly, securely, tightly, a single, just one, solid, plain",
    "whose": "whose",
    "modal": "should, must, shall, has to, have to, needs to, ought to",
    "where": "where, in which, on which",
    "away": "away, out",
    "instead": "instead of, in place of, rather than",
    "pile": "stack of, tower of, pile of",
    "turned": "turned, rotated, tipped, tilted, turned over, lying, tipped over, that is turned, flipped over",
    "angle": "degrees, degree, deg, °",
    "by": "by",
    "over": "over",
    "up": "up, down",
    "time": "times, time",
    "group": "group of, row of, line of, bunch of, set of, flock of, herd of, bouquet of, crowd of, collection of, "
    "swarm of, cluster of, team of, family of, school of, fleet of",
    "copy": "copy, copies, duplicate, duplicates, clone, clones, twin, twins, replica, replicas",
    "alike": "just like it, like it, like that one, just like that one, exactly like it, the same as it, "
    "just like this one, like this one, of the same kind, just like the first one, like the first one, "
    "just like the first, just like the other one, like the other one, that looks the same, that looks just like it",
    "holds": "holds, hold, carries, carry, grabs, grab, grips, grip, grasps, grasp, picks up, pick up, lifts, lift, "
    "takes, catches, catch, lifts up, keeps hold of, is holding, are holding, is carrying, are carrying, "
    "must hold, should hold, must be holding, should be holding",
    "holding": "holding, carrying, gripping, grasping, that holds, who holds, which holds, lifting, that is holding, "
    "who is holding, which is holding, that carries, who carries, that is carrying, who is carrying, grabbing, "
    "picking up, that grips",
    "liquid": "water, the water, some water",
    "hand": "hand, hands, paw, paws, claw, claws, fingers, grip, arms, grasp",
    "who": "who, that, which",
    "stops": "stops, stop",
    "amid": "in, at, on, into, inside, within, under, during, by, across, through, near, over, against, "
    "in front of, before, along, out in, out on, out at, down in, down by, over at",
    "everything": "everything, all things, all the things, all of it",
    "surely": "make sure, make sure that, be sure that, ensure, ensure that, be sure to, make sure to, "
    "make sure you, be sure you, make sure that you, do not forget to",
    "complete": "completely, entirely, fully, totally, altogether",
    "alone": "and nothing else, nothing else, with nothing else, but nothing else",
    "untouched": "without changing anything else, and change nothing else, change nothing else, "
    "leave everything else as it is, and leave everything else as it is, keep everything else as it is, "
    "leave the rest as it is, and leave the rest as it is, keep the rest as it is, do not change anything else, "
    "leaving everything else as it is, leaving the rest as it is, leaving the rest alone",
    "steady": "keeping all colours as they are, and keeping all colours as they are, keep all colours as they are, "
    "and keep all colours as they are, keeping all colors as they are, keep all colors as they are, "
    "keeping the colours as they are, without changing any colours",
    "degree": "a bit, a little bit, a lot, much, slightly, somewhat, a lot, far, even, still, way, quite, a bit more",
    "around": "sitting, standing, resting, placed, located, positioned, shining, floating, hanging, "
    "situated, "
    "written, drawn, set, parked, growing, waiting, placed right, staying, found, shown, somewhere, hiding, hidden, "
    "peeking, lying, lies, set, taking place, playing",
}
"""Small words by the part they play in a sentence."""

FILLERS = (
    "please, kindly, could you, can you, would you, will you, could, can, would, will, you, i, me, we, us, "
    "for me, for us, "
    "just, also, too, as well, again, so, well, like, like to, want, want to, need, need to, would like, "
    "would like to, would love to, love to, "
    "want you to, like you to, need you to, let us, let me, go ahead and, try to, simply, nice, lovely, "
    "beautiful, pretty, "
    "simple, basic, cute, ok, okay, hi, hello, hey, thanks, thank you, there, here, right there, right here, "
    "right away, "
    "shaped, round, kind of, sort of, instead, additionally, in addition, directly, immediately, should see, see, "
    "am, quickly, once more, shape, colourful, very, really, looking, today, if you can, if possible, "
    "if you like, do, "
    "straight, more, up front, blank, dear, for a start, to start with, to begin with, as a start, "
    "at all, any more, anymore, "
    "what about, how about, would it be possible to, is it possible to, it would be nice to, it would be great to, "
    "it would be lovely to, can i have, may i have, could i have, can we have, could we have, can i see, may i see, "
    "can i get, could i get, do you think you could, i wish for, would it be ok to, are you able to, would you mind, "
    "maybe, perhaps, wonderful, great, sweet, adorable, funny, charming, fantastic, in a row, in a line, side by side, "
    "next to each other, beside each other, together, for my son, for my daughter, for my kids, "
    "friendly, comes out, appears, shines, rises, arrives, neatly, "
    "carefully, cleanly, clean, neat, tidy, tidily"
)
"""Words of politeness and taste, which ask for nothing that could be seen to be missing."""
