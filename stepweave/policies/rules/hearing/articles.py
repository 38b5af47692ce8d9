"""Articles as the language needs them: what is not there yet is "a cat", what was named is "the cat"."""

from __future__ import annotations

import re

from stepweave.policies.rules.hearing.phrases import rule, singular_names
from stepweave.world.language.lexicon import things_in
from stepweave.world.language.naming import article

EDITING = re.compile(
    r"(?:\b(?:remove|delete|erase|move|shift|paint|repaint|colou?r|recolou?r|make|let|have|turn|flip"
    r"|mirror|rotate|replace|swap|"
    r"exchange|change|enlarge|shrink|duplicate|copy|resize|clear|drop|get\s+rid\s+of|take\s+away|close"
    r"|shut|empty|fill|cut|"
    r"wake(?:\s+up)?|stop|same|from|as|(?<!front )(?<!left )(?<!right )(?<!top )(?<!side )(?<!inside )of)|'s)\s*$",
    re.IGNORECASE,
)
"""What stands before something that must be there already."""
OPENING = re.compile(
    r"(?:^|[.!?;:,\n]\s*|\d[.)]\s*|\b(?:draw|add|put|place|show|see|paint|sketch|move|remove|make|turn"
    r"|flip|open|lift|grab|grasp|"
    r"hold|holds|holding|carry|carries|carrying|pick\s+up|picks\s+up|on|in|into|onto|under|above|below"
    r"|over|behind|beside|to|"
    r"near|inside|of|with|and|then|beneath|underneath|between|give|gives|has|is)\s+)$",
    re.IGNORECASE,
)
"""After what a noun without an article is one that lacks its article."""
_DEFINITE = r"(?:the|this|that|these|those|my|our|your|its|his|her|their)"


def introduced(text: str) -> str:
    """A request that introduces things before it speaks of them as known."""
    pieces: list[str] = []
    last = 0
    pattern = rule(
        rf"(?:\b(?P<both>both|all|each)\s+(?:of\s+)?)?(?:\b(?P<article>{_DEFINITE})"
        rf"\s+)?\b(?P<adjectives>{{adjectives}})(?P<name>{{thing}})\b(?P<own>'s)?"
    )
    for match in pattern.finditer(text):
        before = f"{''.join(pieces)}{text[last : match.start()]}"
        pieces += [text[last : match.start()], _with_article(match, before, text[match.end() :])]
        last = match.end()
    return f"{''.join(pieces)}{text[last:]}"


def _with_article(match: re.Match[str], before: str, after: str) -> str:
    words = f"{match['adjectives']}{match['name']}{match['own'] or ''}"
    single = re.sub(r"[\s-]+", " ", match["name"].lower()) in singular_names()
    seen = _is_there(match, before)
    if match["article"] is None and match["both"] is None:
        if not single or not OPENING.search(before) or _is_half_a_word(before, after):
            return match[0]
        return f"the {words}" if seen else article(words)
    if seen or match["own"] or EDITING.search(before):
        return match[0]
    if match["both"]:
        return f"two {words}" if match["both"].lower() == "both" else match[0]
    return article(words) if single else words


def _is_there(match: re.Match[str], before: str) -> bool:
    """Whether such a thing was named, of that colour if it has one."""
    if not set(things_in(match["name"])) & set(things_in(before)):
        return False
    colour = rule(r"\b{colour}\b").search(match["adjectives"])
    return colour is None or re.search(rf"\b{re.escape(colour[0])}\b", before, re.IGNORECASE) is not None


def _is_half_a_word(before: str, after: str) -> bool:
    """Whether the noun only describes another one: "house roof", "apple tree"."""
    return rule(r"\s+(?:{part}|{thing}|colou?r|shape|shaped|drawing|picture)\b").match(after) is not None
