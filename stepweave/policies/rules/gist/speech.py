"""How people say what shall happen in a picture: verbs by what they lead to, relations, and little words. Data only."""

from __future__ import annotations

VERBS: dict[str, str] = {
    "gone": "gone, missing",
    "draw": "draw, dress up, line up, assemble, sketch, depict, show, render, generate, create, imagine, illustrate, "
    "build, "
    "design",
    "add": "add, include, introduce, insert, attach, append, put up, set up",
    "appear": "appear, arrive, come, pop up, show up, turn up, come along, come by, come out, come in, join, join in, "
    "enter, pass by, emerge, drop in, drop by, get added, bring in, walk in, drive up, pass, rise, come up, grow there",
    "put": "put, sort, unstack, drive, roll, steer, place, lay, stick, load, stack, pile, build a tower, make a tower, "
    "pile up, stack up, move, "
    "shift, slide, push, drag, bring, send, pull, transfer, "
    "transport, park, position, plant, seat, relocate, slip, put back, set back, bring back, deliver, "
    "stand up, hide, cover, cover up, lower, raise, carry over, tuck, "
    "drop off, return, put down, set down, lay down, lift off",
    "set": "set",
    "drop": "drop, release, let go of, let go, let loose, unload, open up and drop",
    "go": "go, travel, head, step, wander, move on, go back, come back, get in, get into, settle, land, hurry over",
    "mount": "climb, climb up, climb on, climb onto, ride, ride on, mount, get on, hop on, board",
    "remove": "remove, delete, erase, get rid of, rub out, wipe, wipe out, eliminate, leave out, scrap, clear away, "
    "discard, subtract, clear, lose, eat up",
    "vanish": "disappear, vanish, go away, melt, melt away, fade away, walk away, drive away, run away, fly away, "
    "swim away, sail away, go missing, drive off, fly off, run off, leave, come off, fall out, blow away",
    "take": "take, take out, take away, take off, fetch",
    "replace": "replace, substitute, swap, exchange, switch, trade",
    "become": "become, change, modify, convert, turn into, change into, change to, transform into, transform, turn, "
    "get, grow, go, start to be, "
    "start being, turn out",
    "make": "make, let, have to be, keep, paint, colour, color, recolour, recolor, repaint, dye, tint, fill in, "
    "colour in, color in, have it, repaint in",
    "copy": "copy, duplicate, clone, double",
    "hold": "hold, pick off, carry, grip, grab, grasp, pick up, catch, take hold of, hold on to, lift, lift up, "
    "pick, clutch, "
    "clasp, cuddle, get hold of, seize, hold up, close around",
    "give": "give, hand, hand over, pass on, gift, offer",
    "bigger": "enlarge, expand, scale up, blow up, magnify, grow bigger, grow larger, get bigger, grow up",
    "smaller": "shrink, scale down, reduce, get smaller",
    "open": "open, open up, unlock",
    "rest": "close, shut, wake, wake up, calm down, calm, stop, relax, settle down",
    "empty": "empty, drain",
    "pour": "pour, tilt, pour out, tip out",
    "full": "fill, fill up, get filled",
    "flip": "flip, mirror, turn around, turn round, flip over, flip around, face the other way, look the other way",
    "upset": "tip over, topple, knock over, fall over, turn on its side, tip, tumble over",
    "rotate": "rotate, spin, swivel, twist, turn by, rotate by",
    "write": "write, print, type, spell",
    "swap": "swap their places, change their places, switch their places, exchange their places, trade their "
    "places, swap places, change places, switch places, trade places, swap positions, exchange places, "
    "swap sides, "
    "change positions, switch sides, switch positions, change sides",
    "fall": "fall, fall down, fall off, drop down, tumble down, tumble",
    "chase": "chase, run after, follow, race after, hurry after, hunt",
    "near": "come closer, move closer, get closer, come together, move together, approach, look at, stare at, "
    "gaze at, meet, visit, greet, reach for, face, see, find, discover, spot, notice, watch, "
    "discover, reach, encounter, join up with, look up at, look down at, admire, peek at",
}
"""What comes of each verb, and the verbs, in their plain forms."""

BE: str = "stand, sit, lie, rest, stay, remain, live, wait, float, hang, hide, perch, lean, balance, belong, dwell"
"""Verbs that tell where something is."""
BEING = (
    "is are was were be being been am should be must be has to be have to be ought to be shall be will be would be "
    "looks look looking looked seems seem feels feel"
)

RELATIONS: dict[str, str] = {
    "left of": "left of, left from, to the left from, left side of, left to, on the left of, to the left of, at the "
    "left of, on the left side of, "
    "on the left hand side of, "
    "to the left side of, at the left side of",
    "right of": "right of, right from, to the right from, right side of, right to, on the right of, to the right of, "
    "at the right of, on the right side of, "
    "on the right hand side of, to the right side of, at the right side of",
    "next to": "closer to, nearer to, "
    "round, next to, leaned on, leaning on, leans on, leaned against, leaning against, leans against, "
    "across, across from, beside, near, near to, close to, by, alongside, at the side of, around, all around, at, "
    "among, "
    "towards, toward, up to, over to, against, along, facing, by the side of, not far from, right by, amongst, "
    "opposite, right next to, just beside",
    "above": "above, over, high above, up above, just above, right above, higher than, over the head of, on over",
    "below": "below, under, beneath, underneath, lower than, down below, just below, right below, just under, "
    "at the foot of, at the bottom of",
    "on": "on, onto, on top of, upon, atop, on the roof of, on the back of, on the top of, on the seat of, "
    "on to, aboard, up on, back on, back onto, on the head of, on the shoulder of, on board",
    "inside": "inside, into, within, in, inside of, in the inside of, back in, back into, "
    "look out of, looks out of, looking out of, peeks out of, peeking out of, sticking out of",
    "between": "between, in between, halfway between, midway between, in the middle between",
    "behind": "behind, in back of, at the back of, out from behind",
    "in front of": "in front of, before, in the front of, right in front of",
    "held by": "held by, carried by, gripped by, grasped by, in the grip of, in the hand of, in the hands of, "
    "in the arms of, in the claw of, in the paws of, in the beak of, in the claws of",
}
CORNERS: dict[str, str] = {
    "bottom left": "below left, down left, down on the left",
    "bottom right": "below right, down right, down on the right",
    "top left": "above left, up left, up on the left",
    "top right": "above right, up right, up on the right",
}
"""More words for corners."""
SIDES = "side, corner, edge, hand side, half, end, part, third, area, border, margin"
"""What a place is called besides: the left edge."""
DANGLING: dict[str, str] = {
    "on": "on top, on it, on them, thereon, on its back, on his back, on her back, on their backs, on its roof, "
    "on its seat",
    "above": "above it, overhead, over it, over its head, above its head, over his head, above his head, over her "
    "head, "
    "above her head, over their heads, above their heads, above them",
    "below": "at its foot, at its feet, at the foot, underneath it, below it, under it, beneath it",
    "inside": "inside it, in it, therein, into it",
    "left of": "to its left, on its left, to his left, on his left, to her left, on her left, at its left, "
    "on its left side, to its left side, at its left side, on its left hand side",
    "right of": "to its right, on its right, to his right, on his right, to her right, on her right, at its right, "
    "on its right side, to its right side, at its right side, on its right hand side",
    "next to": "round it, round them, next to it, beside it, near it, "
    "nearby, close by, at its side, by its side, alongside it, by his side, "
    "by her side, around it, around them",
    "behind": "behind it, in the background, at its back",
    "held by": "in its hand, in his hand, in her hand, in its hands, in his hands, in her hands, in its paw, in its "
    "paws, in his paw, in her paw, in its arms, in his arms, in her arms, in its beak, in its claw, in its mouth, "
    "in its grip, in one hand, in hand, in the hand, in the hands",
    "in front of": "in front of it, in front, in the foreground",
    "between": "in between, between them, between the two, in between them, between both, between the both",
}
"""Relations with what they relate to in them: "to its left", "on top"."""

LINKS: dict[str, str] = {
    "and": "and, plus, &, as well as, along with, together with, accompanied by, +",
    "with": "with, playing with, using, by means of, with the help of, wearing, having, containing, including",
    "have": "has, have, had, contains, contain, contained, wears, wear, gets to have",
    "without": "without, with no, has no, have no, had no, lacking, but no, minus",
    "none": "none, none of them, none at all, no one",
    "not": "not, no, never, nothing, nobody, cannot, except, neither, nor, without anything, hardly, dont, "
    "doesnt, isnt, arent, wont, didnt",
    "of": "of",
    "possessive": "'s",
    "from": "from, from the top of, from on top of, off the top of, off, out of, off of",
    "to": "to",
    "for": "for, instead of, rather than, in place of",
    "by": "by",
    "that": "that, which, who, whose, where",
    "away": "away",
    "holding": "reading, reads, holding, carrying, gripping, grasping, clutching, grabbing, hugging",
    "more": "more, additional, extra, further",
    "another": "another, second, third, fourth, one more, a new",
    "ordinal": "first",
    "every": "all, every, each, all of, each of, every one of, the entire",
    "both": "both, both of, the two of, the two",
    "the": "the, this, that, these, those, my, your, our, same, the same, said",
    "a": "a, an, some, any",
    "owner": "its, his, her, their",
    "it": "it, he, she, him, that one, this one",
    "they": "they, them, everything, all of it, those two, these two, everybody, everyone, the others, what is "
    "left, what remains, whatever is left",
    "one": "one, ones",
    "other": "the other, other",
    "alike": "alike, identical",
    "must": "should, must, shall, ought to, has to, have to, needs to, need to",
    "text": "text that says, text saying, text which says, text reading, sign that says, sign saying, words that say, "
    "words saying, title saying, label saying, "
    "text, word, words, title, label, caption, letters, sentence, heading, message, sign",
    "background": "background, backdrop, sky, back ground, surroundings, everything behind it, "
    "everything behind them, everything behind, all that is behind it, whatever is behind it",
    "colourword": "colour, color, colours, colors",
    "only": "only, just, nothing but, alone",
    "remaining": "rest, remaining, remainder",
    "half": "half",
    "thither": "there, in its place, in that place, in its stead",
    "degrees": "degrees, degree",
    "upright": "upright, the right way up, right side up, back again, back up, straight, the right way round",
    "corners": "in each corner, in every corner, in all corners, in all four corners, in the corners, at each corner",
    "sides": "either side of it, on either side of it, both sides of it, on both sides of it, each side of it, on "
    "both sides, on each side, at each side, on either side, at both sides, on both its sides, "
    "on each side of it, at either side, one on each side, on every side",
    "sidebyside": "side by side, in a row, in a line, next to each other, beside each other, next to one another, "
    "beside one another, lined up",
    "where": "there is, there are, there was, there were",
    "liquid": "water, milk, juice, tea, coffee",
    "or": "or, or maybe, or perhaps, or else, or even",
    "ending": "at the end, in the end",
    "up": "up, up there, up high, high up, in the air, up in the sky, up in the air",
    "row": "row",
    "too": "as well, too, also, likewise",
    "instead": "instead",
    "friend": "a friend, a companion, a twin, a buddy, a mate, some company, a partner",
    "twice": "twice, two times",
    "various": "in different colours, in different colors, of different colours, of different colors, each in a "
    "different colour, each in a different color, each a different colour, each a different color, in various colours, "
    "in various colors, differently coloured, differently colored, in other colours",
    "likewise": "so is, so are, so does, so do",
    "nothing": "mad about, crazy about, wild about, nuts about, fond of, love to, loved to, loves to, would love, "
    "like to, likes to, give me, give us, get me, let me, let us, make me, make us, hand me, let go "
    "ahead, a bit, a little bit, a lot, on the ground, on the floor, in daylight, by day, during the day, "
    "in the daytime, on a white page, kind of, sort of, corner, corners, side, sides, edge, end of it, "
    "any more, anymore, nothing else, nothing more, nothing but, without anything, on its own, by itself, "
    "on their own, "
    "by themselves, no more, no longer, hot air, at all, all alone, as it is, as they are, that is it, that is all, "
    "of its own, driving me mad, driving me crazy, drives me mad, drives me crazy, would it be possible, "
    "is it possible, would it be ok, will it be possible, was it possible, it would be, it will be, it "
    "might be, it could be, round, far, each other, of each, down, would look like, look like, looks "
    "like, no problem, no hurry, no rush, no idea, short story, short tale, do not worry, not bad, why "
    "not, "
    "if not, nothing fancy, no need, not much, not too, nothing special, in short, down, up there, "
    "in a moment, for example, one by one, one after another, one after the other, no matter, for once, at once, "
    "one day, one time, one night, one morning, for one, nobody else, no one else, and nothing else, each other, "
    "one another, by hand, once again, of course, right now, at first, first of all, last of all, second thoughts",
}
"""Little words by the part they play."""

OWN_LOOKS: dict[str, str] = {
    "smile": "happily, wins, won, winning, win, is the winner, wins the race, won the race, with a smile, with a "
    "big smile, wearing a smile, in a good mood, pleased, content, proud, "
    "smileing, friendly, cheerfully",
    "cry": "weeping, heartbroken, in tears, sobbing",
    "scowl": "in a bad mood, bad tempered, angrily, grumpily",
    "gasp": "in surprise, with surprise, stunned, amazed",
    "love": "in love, enamoured, full of love, in love with, loves, falls in love with, fall in love with, "
    "fell in love with, fall in love, falls in love, fell in love",
    "sleep": "snoozing, napping, sleepily, falls asleep, fall asleep, fell asleep, goes to sleep, go to sleep",
    "think": "thinks about, thinking about, thinks of, thinking of, thought about, dreams about, dreaming of, "
    "dreams of, dreamed of, dreamt of, dreamed about, dreamt about",
}
"""More ways to tell how something looks, by what it does."""

SIZES: dict[str, str] = {
    "tiny": "teeny, teeny tiny, tiny little, wee, itty bitty, miniature, mini, microscopic, minuscule",
    "small": "smaller, littler",
    "large": "bigger, larger, great big, huge big, colossal",
}
"""More words for sizes; "a bigger one" is a large one where it is new."""

COMPARATIVES: dict[str, str] = {
    "bigger": "twice as big, twice as large, two times bigger, twice the size, double the size, much bigger, even "
    "bigger, "
    "a lot bigger, a bit bigger, a little bigger, a size bigger",
    "smaller": "half as big, half the size, half as large, two times smaller, much smaller, even smaller, a lot "
    "smaller, "
    "a bit smaller, a little smaller, smaller and smaller",
}
"""More ways to tell that something becomes larger or smaller."""
APART = frozenset({"waters", "kitchen table", "snow man"})
"""Phrases of the language that are two things here: the kitchen, and the table in it."""
POSES: dict[str, str] = {
    "90": "pointing right, pointing to the right, pointing rightwards, pointing sideways",
    "180": "pointing down, pointing downwards, pointing to the ground",
    "270": "pointing left, pointing to the left, pointing leftwards",
}
"""More ways to tell how something is turned, in degrees."""
WEATHER: dict[str, str] = {
    "night": "night falls, night fell, night comes, night has fallen, "
    "tonight, gets dark, get dark, getting dark, got dark, becomes dark, become dark, grows dark, turns dark, "
    "goes dark, is dark, darkness falls, darkness comes, in darkness, in the darkness, during the night, at nighttime",
}
"""More words that tell where a picture plays."""
EDITING = frozenset(
    "put drop remove vanish gone replace become make copy bigger smaller rest empty flip upset rotate swap appear give "
    "add take go open pour full fall".split()
)
"""Verbs that tell of a change."""
ORDERS = frozenset(
    "draw add put set drop remove take replace make copy hold give bigger smaller open rest empty pour "
    "full flip upset rotate write swap become".split()
)
"""Verbs with which an order can begin."""
