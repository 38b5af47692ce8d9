"""Hears what people say: reads freely worded requests by their gist."""

from stepweave.policies.rules.gist.asking import Question, question_in
from stepweave.policies.rules.gist.hearing import Heard, heard, tells_pictures
from stepweave.policies.rules.gist.narrating import Premise, asks_for_story, is_whole, premise, told_story
from stepweave.policies.rules.gist.ordering import Lesson
from stepweave.policies.rules.gist.shortening import shorter
from stepweave.policies.rules.gist.skimming import nouns_and_marks, scenery, things
from stepweave.policies.rules.gist.teaching import asks_for_lesson, asks_for_other, lesson_in

__all__ = [
    "Heard",
    "Lesson",
    "Premise",
    "Question",
    "asks_for_lesson",
    "asks_for_other",
    "asks_for_story",
    "heard",
    "is_whole",
    "lesson_in",
    "nouns_and_marks",
    "premise",
    "question_in",
    "scenery",
    "shorter",
    "tells_pictures",
    "things",
    "told_story",
]
