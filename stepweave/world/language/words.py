"""Other words for what the vocabulary knows, and the small words of English that hold a request together.

Data only. A synonym never hides a word of the vocabulary: where both exist, the vocabulary wins.
"""

from __future__ import annotations

COLOURS: dict[str, str] = {
    "red": "crimson, scarlet, ruby, maroon, cherry red",
    "orange": "amber, tangerine",
    "yellow": "gold, golden, lemon, beige, cream, sand, sandy, blonde, blond",
    "green": "lime, olive, mint, emerald, grass green, lime green",
    "blue": "navy, navy blue, azure, cyan, turquoise, teal, night blue, midnight blue, sky blue, royal blue, indigo",
    "purple": "violet, lilac, lavender, mauve, plum",
    "pink": "magenta, fuchsia, salmon",
    "brown": "tan, chocolate, bronze, hazel, wooden",
    "black": "charcoal, jet black",
    "white": "ivory, snow white, snowy",
    "grey": "gray, silver, silvery, slate",
}
"""Shades are drawn as the nearest of the colours there are."""

SHADES = "light, dark, pale, deep, bright, soft, pastel, vivid, warm"
"""Words before a colour that choose a shade of it: drawn as the colour itself."""

THINGS: dict[str, str] = {
    "circle": "ball, dot",
    "square": "box, block, cube",
    "rectangle": "oblong, bar",
    "oval": "ellipse",
    "diamond": "rhombus, lozenge",
    "triangle": "pyramid",
    "house": "home, cottage, hut, cabin, little house",
    "cat": "kitty, kitten, pussycat",
    "boat": "ship, sailboat, sailing boat, sailing ship",
    "flower": "blossom, bloom",
    "car": "automobile",
    "cup": "mug, teacup, coffee cup, cup of coffee, cup of tea",
    "tree": "apple tree",
    "snowman": "snow man",
    "robot": "android",
    "person": "man, woman, boy, girl, child, human, kid, lady",
}

PLURALS: dict[str, str] = {
    "snowman": "snowmen",
    "snow man": "snow men",
    "person": "people",
    "human": "humans",
    "man": "men",
    "woman": "women",
    "child": "children",
    "fish": "fishes",
    "rhombus": "rhombuses",
    "cup of coffee": "cups of coffee",
    "cup of tea": "cups of tea",
}
"""Plurals that no rule gives."""

PARTS: dict[str, str] = {
    "walls": "wall",
    "leaves": "leaf, foliage, crown",
    "apples": "apple, fruit",
    "trunk": "tree trunk",
    "stem": "stalk",
    "petals": "petal",
    "eyes": "eye",
    "ears": "ear",
    "fins": "fin",
    "stripes": "stripe",
    "whiskers": "whisker",
    "buttons": "button",
    "arms": "arm",
    "legs": "leg",
    "windows": "window",
    "window": "windows",
    "wheels": "wheel, tyre, tyres, tire, tires",
    "lights": "light, headlight, headlights",
    "rays": "ray, beams, sunbeams, sun rays",
    "shoes": "shoe, boots",
    "trousers": "pants",
    "shirt": "jumper, sweater, t shirt",
    "body": "torso, bodywork",
    "hair": "hairs",
    "sail": "sails",
    "hat": "top hat",
    "steam": "vapour, vapor",
    "disc": "disk",
}
"""Other words for parts."""

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
    "on": "on top of, upon, atop, onto",
    "inside": "inside of, into, within, in, in front of",
    "next to": "beside, near, near to, close to, by, alongside",
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
}
"""``some`` and ``few`` are three, ``several`` four: a picture has to settle on a number."""

VERBS: dict[str, str] = {
    "add": "draw, create, insert, include, show, depict, illustrate, render, generate, sketch, there is, there are, "
    "there should be, there must be, depicting, showing, containing, imagine, build, start with, begin with, "
    "introduce, "
    "use, put in, add in, draw in, hang, plant, produce",
    "put": "place, position, set, lay, stick, park",
    "paint": "color, colour, recolour, recolor, dye, tint, fill, colour in, color in, repaint, shade, fill in",
    "make": "turn, change, switch, keep, let",
    "remove": "delete, erase, take away, take out, get rid of, clear, rub out, wipe, wipe out, eliminate, take, cut, "
    "drop, leave out, take off, clear away, scrap",
    "move": "shift, bring, slide, push, drag, relocate, carry, send, pull, reposition",
    "grow": "enlarge, expand, scale up, blow up, magnify",
    "shrink": "reduce, scale down",
    "resize": "scale",
    "write": "print, type",
    "replace": "swap, exchange, substitute",
    "give": "",
}

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
    "with": "with, has, have, having, that has, that have, which has, who has, wearing",
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
    "background": "background, backdrop, back ground, sky, background colour, background color",
    "picture": "picture, image, canvas, page, drawing, scene, illustration, frame, sheet, paper, photo, sketch, "
    "composition, photograph, whole picture, screen",
    "against": "against, on, over, in front of, under, set against, with, before, beneath",
    "text": "text, word, words, title, label, caption, letters, writing, sentence, name, heading, message, "
    "inscription, "
    "the letters",
    "saying": "saying, that says, which says, reading, that reads, which reads, says, called, with the words, "
    "with the text",
    "be": "is, are, should be, must be, be, becomes, become, shall be, needs to be, need to be, will be, stands, "
    "sits, "
    "goes, should go, lies, moves, walks, sails, swims, drives, flies, runs, jumps, turns, gets, grows",
    "that": "that is, that are, which is, which are, who is",
    "precise": "exactly, precisely, pure, purely, clearly, distinctly, strictly, truly, unmistakably, definitely, "
    "only, "
    "exact, dead, a single, just one, solid, plain",
    "whose": "whose",
    "everything": "everything, all things, all the things, all of it",
    "surely": "make sure, make sure that, be sure that, ensure, ensure that, be sure to, make sure to, "
    "make sure you, be sure you, make sure that you, do not forget to",
    "complete": "completely, entirely, fully, totally, altogether",
    "alone": "and nothing else, nothing else, with nothing else, but nothing else",
    "untouched": "without changing anything else, and change nothing else, change nothing else, "
    "leave everything else as it is, and leave everything else as it is, keep everything else as it is, "
    "leave the rest as it is, and leave the rest as it is, keep the rest as it is, do not change anything else, "
    "leaving everything else as it is, leaving the rest as it is, leaving the rest alone",
    "degree": "a bit, a little bit, a lot, much, slightly, somewhat, a lot, far, even, still, way, quite, a bit more",
    "around": "sitting, standing, resting, placed, located, positioned, shining, floating, hanging, hovering, "
    "situated, "
    "written, drawn, set, parked, growing, swimming, flying, waiting, placed right, staying, found, shown, somewhere",
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
    "straight, more, up front, empty, blank, dear, for a start, to start with, to begin with, as a start, "
    "at all, any more, anymore, "
    "friendly, comes out, appears, shines, rises, arrives, neatly, "
    "carefully, cleanly, clean, neat, tidy, tidily"
)
"""Words of politeness and taste, which ask for nothing that could be seen to be missing."""

KIN: dict[str, str] = {
    "cat": "dog, mouse, rabbit, lion, tiger, animal, pet, puppy, bear, fox, cow, horse, pig, sheep, dragon, monster",
    "fish": "shark, whale, dolphin, bird, duck",
    "house": "castle, building, tower, barn, church, school, palace, tent, shed, garage, bridge, city, village, room",
    "boat": "submarine, raft, canoe, plane, aeroplane, airplane, rocket, sea, ocean, lake",
    "car": "bus, truck, lorry, van, train, bike, bicycle, taxi, vehicle, road",
    "tree": "bush, forest, palm, plant, mountain, hill, grass, garden",
    "flower": "rose, tulip, daisy, sunflower",
    "sun": "moon, planet, sunshine, cloud, rain, snow, rainbow, lamp",
    "cup": "glass, bottle, bowl, plate, pot, coffee, tea, table, chair, cake, spoon",
    "person": "king, queen, princess, prince, knight, pirate, wizard, baby, face, friend, family, farmer",
    "robot": "machine, computer, alien, robot arm, gripper",
    "snowman": "snowwoman, penguin, santa",
    "circle": "ring, sphere, wheel, hexagon, pentagon, coin, egg",
    "rectangle": "line, stripe, door, board, book",
    "red": "colourless, transparent, rainbow",
    "next to": "behind, between, among, beyond, past, around",
    "top": "up, upward, upwards, higher, raise, lift",
    "bottom": "down, downward, downwards, ground, floor",
    "replace": "duplicate, copy, clone, mirror, flip, rotate",
}
"""Words it does not know, by the known word that comes nearest in meaning."""
