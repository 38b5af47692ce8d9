"""Little stories by rules: whoever they are about, they can be drawn, and something happens in them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stepweave.world import vocabulary
from stepweave.world.language import compose, parse
from tests.policies.planned import COLOUR, refusal, scenes, steps

DRAWABLE = st.sampled_from(sorted(vocabulary.DRAWABLE))


def told(request: str) -> str:
    return " ".join(step.instruction for step in steps(request))


@settings(deadline=None, max_examples=40)
@given(
    st.lists(DRAWABLE, min_size=1, max_size=4, unique=True),
    st.integers(1, 12),
    st.sampled_from(["a story about", "a bedtime story with", "a comic of"]),
)
def test_a_story_has_its_pictures_and_its_people(cast: list[str], number: int, form: str) -> None:
    planned = steps(f"{form} {' and '.join(f'one {thing}' for thing in cast)} in {number} pictures")
    assert len(planned) == number
    assert set(cast) <= {item.thing for item in scenes(planned)[number].items}
    assert all(compose(parse(step.prompt or "").operations) for step in planned)


@pytest.mark.parametrize("first", sorted(vocabulary.THINGS))
def test_every_pair_of_things_has_a_story(first: str) -> None:
    for second in sorted(vocabulary.THINGS)[::7]:
        planned = steps(f"a story about one small {first} and one {second} in 5 pictures")
        pictures = list(scenes(planned).values())
        assert all(one != other for one, other in pairwise(pictures)), [step.prompt for step in planned]


@settings(deadline=None, max_examples=12)
@given(COLOUR, st.sampled_from(["dog", "robot", "boat"]))
def test_those_in_a_story_keep_their_looks(colour: str, thing: str) -> None:
    for form in ("a story about", "a comic about"):
        pictures = scenes(steps(f"{form} a {colour} {thing} and a tree in 6 pictures"))
        seen = {item.colour for scene in pictures.values() for item in scene.items if item.thing == thing}
        assert seen == {colour}


def test_pictures_of_a_comic_are_drawn_from_nothing_and_name_the_looks() -> None:
    planned = steps("a comic about a cat and a boat in 4 pictures")
    assert not any(step.sources for step in planned)
    assert all("orange" in (step.prompt or "") for step in planned)


def test_a_story_plays_where_it_is_said_to_or_where_its_people_live() -> None:
    homes = {
        "a story about a dog": "garden",
        "a story about a fish": "sea",
        "a story about a snowman": "snow",
        "a story about a dog on the beach": "beach",
        "a story of a robot and a cup in the kitchen": "kitchen",
    }
    assert {request: scenes(steps(request))[1].background for request in homes} == homes


def test_a_bedtime_story_ends_asleep() -> None:
    pictures = scenes(steps("a bedtime story with a bear and a rabbit"))
    last = pictures[len(pictures)]
    assert last.background == "night"
    assert {item.action for item in last.items if item.thing in ("bear", "rabbit")} == {"sleep"}


@pytest.mark.parametrize(
    ("request_", "happens"),
    [
        ("a story where a rabbit loses its balloon", "gone, and the rabbit cried"),
        ("a birthday story about a pig in 5 pictures", "A gift arrived"),
        ("a story about a bear and a dog on a rainy day in 6 pictures", "a dark cloud came"),
        ("a story of an elephant that sings in 3 pictures", "The elephant sang a song"),
    ],
)
def test_what_the_request_wishes_for_happens(request_: str, happens: str) -> None:
    assert happens in told(request_)


@pytest.mark.parametrize(
    ("request_", "cast"),
    [
        ("Tell me a story in which a bear and a rabbit find a gift", {"bear", "rabbit", "gift"}),
        ("a story about how a dog finds a ball in the garden", {"dog", "circle"}),
        ("Once upon a time there was a cat who lived in the snow. Tell its story in 5 pictures", {"cat"}),
        ("make up a short story for my kids, with a pig, an elephant and a cake", {"pig", "elephant", "cake"}),
        ("story: the bear's adventure", {"bear"}),
        ("A cat and a dog are friends. Tell me their story.", {"cat", "dog"}),
        ("a story about friendship between a cat and a dog", {"cat", "dog"}),
        ("the adventures of two robots", {"robot"}),
        ("Draw me a comic strip in four panels: a rabbit discovers a carrot", {"rabbit", "carrot"}),
        ("story about a happy pig who meets a sad elephant in 4 pictures", {"pig", "elephant"}),
        ("I'd like a 3 picture story about a sleepy cat", {"cat"}),
        ("write a tale of a boat named Sally and its journey", {"boat"}),
    ],
)
def test_stories_are_asked_for_in_many_ways(request_: str, cast: set[str]) -> None:
    pictures = scenes(steps(request_))
    assert cast <= {item.thing for item in pictures[len(pictures)].items}


def test_a_story_uses_the_words_of_its_request() -> None:
    assert "the boy found a ball" in told("tell a story of a ball and a boy in 3 pictures")


def test_different_words_tell_different_stories() -> None:
    request = "a story about a {} cat and a boat in 6 pictures"
    stories = {tuple(step.name for step in steps(request.format(colour))) for colour in vocabulary.COLOURS}
    assert len(stories) > 5


def test_the_same_words_tell_the_same_story() -> None:
    assert steps("a story about an owl and a key") == steps("a story about an owl and a key")


def test_a_story_needs_somebody() -> None:
    assert "nobody" in refusal("tell me a story").reason
    assert "dragon" in refusal("a story about a dragon").reason
    assert "12 pictures" in refusal("a story about a dog in 13 pictures").remedy


@pytest.mark.parametrize(
    ("request_", "number", "last"),
    [
        ("There's this tale I like: a person climbs a mountain and finds a star on top. Five pictures!", 5, "star"),
        ("tell me in 3 pics how the owl lost its book and found it under the tree", 3, "book below the tree"),
        ("5 panel comic about a dog and his lost red book, he cries and at the end a bird brings it back", 5, "book"),
        ("the day the elephant learned riding a bicycle, told in 4 drawings with captions", 4, "heart"),
        ("a bear goes to sleep in winter and wakes up in spring. 4 scenes", 4, "do nothing"),
        ("Short story, exactly 3 pictures, starring two ducks who fall in love.", 3, "in love"),
        ("what if a fish learned to fly? tell us in four frames", 4, "fly"),
        ("A robot falls in love with a lamp. Show the whole romance in six pictures!", 6, "in love"),
    ],
)
def test_what_is_told_of_happens_and_the_rest_is_made_up(request_: str, number: int, last: str) -> None:
    planned = steps(request_)
    assert len(planned) == number
    assert last in (planned[-1].prompt or "")


@pytest.mark.parametrize(
    ("request_", "cast"),
    [
        ("A boat story with waves, no people, at night", {"boat"}),
        ("My kid loves trains. Make a goodnight story with a boat and a moon please", {"boat", "moon"}),
        ("My kids can't sleep: could we have the tale of the moon that was lonely until an owl came", {"moon", "owl"}),
        ("Can you tell the adventure of a boat and a very large fish? 3 frames, nothing scary", {"boat", "fish"}),
    ],
)
def test_a_story_begins_with_those_whom_it_is_about(request_: str, cast: set[str]) -> None:
    pictures = scenes(steps(request_))
    seen = {item.thing for scene in pictures.values() for item in scene.items}
    assert cast <= seen
    assert "person" not in seen


def test_rain_is_a_dark_cloud() -> None:
    told_of = steps("A pig builds a house. A storm comes and the house is gone. The pig cries. Its friend helps.")
    assert any("grey cloud" in (step.prompt or "") for step in told_of)


def test_who_feels_something_at_first_feels_so_until_it_changes() -> None:
    planned = scenes(steps("Tell me a story about an angry elephant that becomes happy"))
    feelings = [item.action for scene in planned.values() for item in scene.items if item.thing == "elephant"]
    assert feelings[0] == "scowl"
    assert feelings[-1] == "smile"


def test_a_boy_and_a_girl_are_two_people() -> None:
    planned = scenes(steps("story about a boy and a girl who fly a balloon"))
    assert sum(item.thing == "person" for item in planned[1].items) == len({"boy", "girl"})


def test_scenes_of_what_somebody_does_are_a_story() -> None:
    planned = steps("penguin goes to the beach for the first time, four scenes with a line of text each")
    assert [len(scene.items) > 0 for scene in scenes(planned).values()] == [True] * 4
    assert "beach" in str(scenes(planned)[1])
