"""Little stories by rules."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from stepweave.world import vocabulary
from tests.policies.planned import THING, prompts, refusal, scene_after, steps


@settings(deadline=None)
@given(st.lists(THING, min_size=1, max_size=3, unique=True), st.integers(1, 12))
def test_a_story_has_its_pictures_and_its_people(cast: list[str], number: int) -> None:
    planned = steps(f"a story about {' and '.join(f'a {thing}' for thing in cast)} in {number} pictures")
    assert len(planned) == number
    assert set(cast) <= {item.thing for item in scene_after(planned).items}


def test_different_words_tell_different_stories() -> None:
    told = {tuple(prompts(f"a story about a {colour} cat and a boat in 6 pictures")) for colour in vocabulary.COLOURS}
    assert len({tuple(prompt for prompt in story if "cat" not in (prompt or "")) for story in told}) > 3


def test_a_story_needs_somebody() -> None:
    assert "nobody" in refusal("tell me a story").reason
    assert "dragon" in refusal("a story about a dragon").reason
