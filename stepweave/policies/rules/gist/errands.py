"""Turns of phrase about what hands shall do, and plain words for them."""

from __future__ import annotations

_HAND = r"(?:the\s+|a\s+|an\s+)?(gripper|robot\s+arm|arm|robot|manipulator)"
ERRANDS: tuple[tuple[str, str], ...] = (
    (
        r"^\W*(robot(?:ic)?\s+)?(?:sorting|stacking|hand-?over|assembly|packing|pouring|tidying|cleaning)\s+(?:task|demo|job|example|exercise)\s*[:.]\s*",
        r"\1 ",
    ),
    (
        rf"^\W*what\s+(?:should|must|does|would)\s+{_HAND}\s+(?:have\s+to\s+)?do\s+(?:next\s+)?to\s+(?=\w)",
        r"the \1 has to ",
    ),
    (r"^\W*robot(?:ics)?\s+task\b(?=.*\b(?:gripper|arm)\b)", "task"),
    (
        rf"^\W*(?:please\s+)?(?:show|draw)\s+(?:me\s+)?(?:the\s+scene\s+|a\s+picture\s+|two\s+pictures\s+)?before\s+and\s+after\s+(?={_HAND})",
        "in 2 pictures: ",
    ),
    (
        rf"^\W*(?:please\s+)?(?:show|tell|explain)\s+(?:me\s+)?what\s+{_HAND}\s+(?:should|must|has\s+to|needs\s+to)\s+do\s*[:.]",
        r"the \1 has to",
    ),
    (rf"\b(?:using|use)\s+{_HAND}\b", r"with the \1"),
    (rf"^\W*what\s+(?:should|must|does|will|would)\s+{_HAND}\s+(?:have\s+to\s+)?do(?:\s+next)?\s*\?", r"a \1,"),
    (
        rf"^\W*(?:(?:can|could)\s+you\s+)?(?:please\s+)?(?:show|tell)\s+(?:me\s+)?what\s+{_HAND}\s+(?:should|must|has\s+to|needs\s+to)\s+do\s+to\b",
        r"the \1 has to",
    ),
    (rf"^\W*pick[- ]and[- ]place\s+(?:with|by|for)\s+{_HAND}\s*:", r"a \1, "),
    (r"(?<!\btwo\s)(?<!\bthree\s)\b(\w+)\s+hands(?:\s+over)?\s+(?=(?:the|an?|it|him|her|them)\b)", r"\1 gives "),
    (
        r"\b(?:take|lift|pull|pop)(s)?\s+(?:off\s+)?(?:the\s+)?(lid|cap)\s+(?:off\s+)?(?:of|from)?\s*(?:the\s+)?(box|bottle|jug)\b",
        r"remove\1 the \2 of the \3",
    ),
    (
        r"\bremove(s)?\s+(?:the\s+)?(lid|cap)\s+(?:from|off)\s+(?:the\s+)?(box|bottle|jug)\b",
        r"remove\1 the \2 of the \3",
    ),
    (r"\bclose(?:s)?\s+(?:its\s+fingers\s+)?around\s+", "grips "),
    (r"\b(?:open|lift|raise|remove)\s+(?:up\s+)?(?:the|its)\s+lid\s+of\s+((?:the|a)\s+box|it)\b", r"open \1"),
    (r"\b(?:close|shut|lower)\s+(?:the|its)\s+lid\s+of\s+((?:the|a)\s+box|it)\b", r"close \1"),
    (r"\b(left|right)\s+(?:hand\s+)?(?:side|end|edge|half)\s+of\s+the\s+workbench\b", r"\1 on the workbench"),
    (r"\bpick[- ]and[- ]place\s+(?=for\b)", "task "),
    (r"\bpick[- ]and[- ]place\b(?:\s+(?:demo|task|test|example|sequence|job))*\s*:", ""),
    (
        r"^\W*(?:can|could)\s+(the\s+(?:gripper|arm|robot\s+arm|robot))\s+([^?.!]*?)\s*(?:\bplease\b)?\s*\?\s*(?=(?:and\s+)?then\b)",
        r"\1 \2, ",
    ),
    (r"^\W*(?:can|could)\s+(the\s+(?:gripper|arm|robot\s+arm|robot))\s+([^?.!]*?)\s*\bplease\b\s*\??", r"\1 \2"),
    (r"^\W*(?:an?\s+)?(street|beach|garden|kitchen|workbench)\s+scene\s*[:,-]\s*", r"in the \1, "),
    (
        r",?\s*\b(?:and\s+)?(?:the\s+)?(robot\s+arm|arm|gripper|robot)\s+(?:does|should\s+do|must\s+do|has\s+to\s+do|will\s+do)"
        r"\s+(?:it|this|that|so)\b",
        r" with the \1",
    ),
    (r"\brobotarm\b", "robot arm"),
    (r"\brobot[- ]?arm\b", "robot arm"),
)
"""Patterns with what they are read as, one applied after the other: later ones see what earlier ones made."""
