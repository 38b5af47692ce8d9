"""Requests in people's own words: what each of them is understood as, and that nothing unknown is passed over."""

from __future__ import annotations

import pytest

from stepweave.training.sketchbook.truth import wrong
from stepweave.world.language import parse
from stepweave.world.scene import Scene
from tests.policies.planned import prompts, refusal, refused_or_none, scene_after, scenes, steps

SCENES: dict[str, list[str]] = {
    "can u draw me a cat that is sleeping on a red chair plz": ["A red chair and a sleeping cat on the chair."],
    "My favourite animal is the penguin! Draw one dancing in the snow!": ["A dancing penguin, in the snow."],
    "A bear is behind the table and the table has a cake on it.": [
        "A table, a bear behind the table and a cake on the table."
    ],
    "We are at the beach: palm tree right, boat left.": [
        "Set the scene on a beach. Add a palm tree on the right. Add a boat on the left."
    ],
    "A balloon, all purple, floats above a grey mountain.": [
        "A grey mountain and a purple balloon above the mountain."
    ],
    "an owl sit on tree in the night, moon is top right": [
        "A tree, an owl on the tree and a moon at the top right, at night."
    ],
    "Inside the open box there should be a white bunny.": ["An open box and a white rabbit inside the box."],
    "Draw a kitchen where a lamp, a clock and a bottle are all yellow.": [
        "Set the scene in a kitchen. Add a yellow lamp. Add a yellow clock. Add a yellow bottle."
    ],
    "House with a red roof, a yellow door and a blue window, please.": [
        "A house with a red roof, a yellow door and a blue window."
    ],
    "Two snails, one pink and one grey, with a carrot in between.": [
        "Draw a pink snail. Add a grey snail. Add a carrot between the pink snail and the grey snail."
    ],
    "Rainbow above a green car. The car's wheels should be white.": [
        "Draw a green car. Add a rainbow above the car. Paint the wheels of the car white."
    ],
    "A singing bird on the roof of a brown house": ["A brown house and a singing bird on the house."],
    "cactus, medium, bottom left. sun, large, top right.": [
        "A medium cactus at the bottom left and a large sun at the top right."
    ],
    "Please show a butterfly flying over both of the purple flowers in my garden.": [
        "Two purple flowers and a flying butterfly above all the purple flowers, in a garden."
    ],
    "hi! i am 7 and i love robots. can you draw a robot holding a flower": ["A robot and a flower held by the robot."],
    "my grandma's favourite flower is the rose. paint a red flower in a garden for her": ["A red flower, in a garden."],
    "we have a dog named Rex. He's brown. draw him in the garden!": ["A brown dog, in a garden."],
    "a snowman with a penguin at each side": [
        "A snowman, a penguin to the left of the snowman and a penguin to the right of the snowman."
    ],
    "a frog and a turtle, both blue": ["A blue frog and a blue turtle."],
    "three balloons: red, yellow, green": ["A red balloon, a yellow balloon and a green balloon."],
    "two people, one happy, one sad": ["A smiling person and a crying person."],
    "put a star in each corner": [
        "A star at the top left, a star at the top right, a star at the bottom left and a star at the bottom right."
    ],
    "a chair with a cat on it and a dog under it": ["A chair, a cat on the chair and a dog below the chair."],
    "a big circle with a small square inside": ["A large circle and a small square inside the circle."],
    'text "Welcome" at the top and a house underneath': ['The words "Welcome" at the top and a house below the text.'],
    'I need a birthday card: a cake in the middle, "Happy Birthday" at the top, balloons left and right': [
        'A cake in the middle, the words "Happy Birthday" at the top, a balloon on the left and a balloon on the right.'
    ],
    "a robot looks at a butterfly": ["A butterfly and a robot next to the butterfly."],
    "a cat standing on its head": ["An upside-down cat."],
    "It's winter. A snowman is wearing a red scarf.": [
        "Set the scene in the snow. Add a snowman. Paint the scarf of the snowman red."
    ],
    "A bear is sleeping in the snow": ["A sleeping bear, in the snow."],
}

STEPS: dict[str, list[str]] = {
    "First a red apple on a table, then make it green, and finally take it away.": [
        "A table and a red apple on the table.",
        "Paint the apple green.",
        "Remove the apple.",
    ],
    "A dog is in front of the house. After that it runs to the right. After that it falls asleep.": [
        "A house and a dog in front of the house.",
        "Move the dog to the right. Let the dog run.",
        "Let the dog sleep.",
    ],
    "1) empty beach 2) a palm tree on the left 3) a boat on the right 4) both of them bigger": [
        "Set the scene on a beach.",
        "Add a palm tree on the left.",
        "Add a boat on the right.",
        "Make the palm tree bigger. Make the boat bigger.",
    ],
    "put cup on the table. then move cup under table. then remove table": [
        "A table and a cup on the table.",
        "Move the table to the top. Move the cup below the table.",
        "Remove the table.",
    ],
    'Please draw a birthday cake, then stand a candle on it, and finally write "Happy Birthday" below.': [
        "A cake.",
        "Add a candle on the cake.",
        'Add the words "Happy Birthday" below the cake.',
    ],
    "Step 1: a snowman in the snow. Step 2: a penguin to its left. Step 3: the "
    "penguin is smiling and so is the snowman.": [
        "A snowman, in the snow.",
        "Add a penguin to the left of the snowman.",
        "Let the penguin smile. Let the snowman smile.",
    ],
    "Make me a blue square and a red square. Swap them so the red one's on the left.": [
        "A blue square on the left and a red square on the right.",
        "Move the red square to the left. Move the blue square to the right.",
    ],
    "Draw a bird, flip it so it looks the other way, then give it a friend.": [
        "A bird.",
        "Flip the bird.",
        "Add a bird next to the bird.",
    ],
    "1. three pink flowers 2. paint the middle one blue 3. a bee comes and sits on it": [
        "Three pink flowers.",
        "Paint the flower in the middle blue.",
        "Add a bee on the flower in the middle.",
    ],
    "draw robot. give him a key to hold. then change the key to umbrella": [
        "A robot.",
        "Add a key held by the robot.",
        "Replace the key with an umbrella.",
    ],
    "Two hearts, one pink, one white. Now make both of them red. Finally make them tiny.": [
        "A pink heart and a white heart.",
        "Paint all the hearts red.",
        "Make all the hearts tiny.",
    ],
    "In picture one a boy is sad and crying; in picture two somebody gives him a "
    "gift, so he's holding it; in picture three he smiles.": [
        "A crying person.",
        "Add a gift held by the person.",
        "Let the person smile.",
    ],
    "Show four trees. Take one away. Take another away.": ["Four trees.", "Remove the tree.", "Remove the tree."],
    "First there is a lamp. Then a book lies next to it. Finally the lamp disappears.": [
        "A lamp.",
        "Add a book next to the lamp.",
        "Remove the lamp.",
    ],
    "Picture 1: a bowl on a table. Picture 2: an apple in the bowl. Picture 3: the bowl is empty.": [
        "A table and a bowl on the table.",
        "Add an apple inside the bowl.",
        "Remove the apple.",
    ],
    "draw a flower, make it twice as big, paint it pink": [
        "A flower.",
        "Make the flower bigger.",
        "Paint the flower pink.",
    ],
    "The moon rises. First it's at the bottom, then in the middle, then at the top.": [
        "A moon at the bottom.",
        "Move the moon to the middle.",
        "Move the moon to the top.",
    ],
    "A house. The house has a tree on its left and a car on its right.": [
        "A house, a tree to the left of the house and a car to the right of the house.",
    ],
    "Night comes in four pictures: a house in the garden, the same house at night, "
    "the moon above it, and then two stars beside the moon.": [
        "A house, in a garden.",
        "Set the scene at night.",
        "Add a moon above the house.",
        "Add two stars next to the moon.",
    ],
    "1 - a cup 2 - the cup is full 3 - the cup falls over": [
        "A cup.",
        "Let the cup be full.",
        "Turn the cup to the right.",
    ],
}

TASKS: dict[str, list[str]] = {
    "Workbench setup: green block left, blue block right. The gripper grabs the "
    "green block and sets it on the blue block.": [
        "Set the scene on a workbench. Add a green block on the left. Add a blue block on the right. Add a gripper.",
        "Let the gripper hold the green block.",
        "Move the green block onto the blue block.",
    ],
    "Task: open the box, put the yellow block inside, done.": [
        "A box and a yellow block.",
        "Open the box.",
        "Put the yellow block into the box.",
    ],
    "The arm takes the jug; pours into the cup; puts the jug back on the right.": [
        "A robot arm, a jug and a cup.",
        "Let the robot arm hold the jug.",
        "Move the jug above the cup. Let the jug pour. Let the cup be full.",
        "Move the jug to the right.",
    ],
    "Show the pick and place in four frames: gripper above cup, gripper holding cup, "
    "cup over the bowl, cup next to the bowl.": [
        "A cup and a gripper above the cup.",
        "Let the gripper hold the cup.",
        "Add a bowl. Move the cup above the bowl.",
        "Move the cup next to the bowl.",
    ],
    "robot arm on table. three block: red, green, blue. stack all of them, red is bottom.": [
        "A table and a robot arm on the table.",
        "Add a red block, a green block and a blue block.",
        "Move the green block onto the red block.",
        "Move the blue block onto the green block.",
    ],
    "Grasp the orange block. Lift it. Rotate it 90 degrees. Release it on the box.": [
        "A gripper, an orange block and a box.",
        "Let the gripper hold the orange block.",
        "Move the gripper to the top.",
        "Turn the orange block to the right.",
        "Move the orange block onto the box.",
    ],
    "move the red block from the box to the bowl with the gripper": [
        "A box, a red block inside the box, a gripper and a bowl.",
        "Let the gripper hold the red block.",
        "Move the red block into the bowl.",
    ],
    "robot gripper: take the blue block, put it in the box": [
        "A gripper, a blue block and a box.",
        "Let the gripper hold the blue block.",
        "Move the blue block into the box.",
    ],
    "The gripper should sort these: purple block into the box, white block into the bowl. One block per step.": [
        "A gripper, a purple block, a box, a white block and a bowl.",
        "Move the purple block into the box.",
        "Move the white block into the bowl.",
    ],
}

TALES: dict[str, list[str]] = {
    "I'd like a little tale: a bee finds a flower, falls in love with it, and sleeps on it.": [
        "A flower and a bee next to the flower.",
        "Let the bee be in love.",
        "Move the bee onto the flower. Let the bee sleep.",
    ],
    "Once there was a lonely snowman. Then a rabbit came with a carrot. They danced together!": [
        "A snowman.",
        "Add a rabbit next to the snowman and a carrot held by the rabbit.",
        "Let the snowman dance. Let the rabbit dance.",
    ],
    "A two-picture story: a dog is angry at a snail; then they are friends and smile.": [
        "A snail and a scowling dog next to the snail.",
        "Let the dog smile. Let the snail smile.",
    ],
    "Can you tell a short story of a robot that loses its key and finds it again under a chair?": [
        "A robot and a key held by the robot.",
        "Remove the key. Let the robot cry.",
        "Add a chair and a key below the chair. Let the robot do nothing. Move the robot next to the key.",
    ],
    "Story time! An elephant thinks about an ice cream, then it gets one, then it's smiling.": [
        "A thinking elephant.",
        "Add an ice cream held by the elephant.",
        "Let the elephant smile.",
    ],
}

PASSING: dict[str, list[str]] = {
    "A green car drives on the left side of the street; next picture it's in the middle.": [
        "A green running car on the left, in a street.",
        "Move the car to the middle.",
    ],
    "A cat, then two cats, then three cats.": ["A cat.", "Add a cat.", "Add a cat."],
    "A person walks from left to right in three pictures.": [
        "A running person on the left.",
        "Move the person to the middle.",
        "Move the person to the right.",
    ],
    "Draw one large and one small elephant.": ["A large elephant and a small elephant."],
    "red, green and blue blocks": ["A red block, a green block and a blue block."],
    "Draw a house and write 'Hello' at the top": ['A house and the words "Hello" at the top.'],
    "stack three blocks, red at the bottom, green in the middle and blue on top": [
        "A red block, a green block on the red block and a blue block on the green block."
    ],
    "A blue door on a yellow house": ["A yellow house with a blue door."],
    "A circle appears. It turns into a square. The square becomes red.": [
        "A circle.",
        "Replace the circle with a square.",
        "Paint the square red.",
    ],
    "Let the robot arm hand the key to the person.": [
        "A robot arm, a key and a person.",
        "Let the robot arm hold the key.",
        "Let the person hold the key.",
    ],
    "Three small blocks in a row: red, yellow, blue. Build a tower with blue on top.": [
        "A small red block, a small yellow block and a small blue block.",
        "Move the yellow block onto the red block.",
        "Move the blue block onto the yellow block.",
    ],
}


@pytest.mark.parametrize(
    ("request_", "meant"), [*PASSING.items(), *SCENES.items(), *STEPS.items(), *TASKS.items(), *TALES.items()]
)
def test_what_people_say_is_planned_as_they_mean_it(request_: str, meant: list[str]) -> None:
    planned = steps(request_)
    shown = [scenes(planned)[step.number] for step in planned]
    assert len(shown) == len(meant)
    for before, prompt, after in zip([Scene(), *shown], meant, shown, strict=False):
        assert wrong(before, parse(prompt).operations, after) == ()


LESSONS: dict[str, tuple[str, int | None]] = {
    "Teach me to draw a snowman, I'm six years old!": ("snowman", None),
    "What's the easiest way to draw a butterfly in three pictures?": ("butterfly", 3),
    "I can't draw an owl. Help me do it bit by bit, and give it yellow eyes.": ("owl", None),
    "Show my daughter how to make a smiling sun, one step at a time.": ("sun", None),
    "how do you draw a rabit with long ears? 4 steps pls": ("rabbit", 4),
    "Break down the drawing of a boat into five small stages.": ("boat", 5),
    "Can a beginner draw an elephant? Show me how it's done.": ("elephant", None),
    "Guide me through drawing a flower, and colour it red in the last step.": ("flower", None),
    "my son wants to draw a truck, can you show him how in 4 steps?": ("truck", 4),
    "lesson for kids: how to draw a bee in 3 pictures": ("bee", 3),
}


@pytest.mark.parametrize("request_", LESSONS)
def test_lessons_are_asked_for_in_peoples_own_words(request_: str) -> None:
    thing, number = LESSONS[request_]
    planned = steps(request_)
    (drawn,) = scene_after(planned).items
    assert (drawn.thing, drawn.parts) == (thing, None)
    assert len(planned) == (number or len(planned)) > 1


def test_a_lesson_follows_the_order_that_is_said() -> None:
    assert prompts("how to draw house step by step, first walls then roof then door") == [
        "The walls of a house.",
        "Add a roof to the house.",
        "Add a door to the house.",
    ]
    robot = steps("Please teach us to draw a robot: begin with the body, add the head, and end with the arms and legs.")
    assert len(robot) == 3
    assert scene_after(robot).items[0].parts is None


UNKNOWN: dict[str, str] = {
    "a striped cat": "striped",
    "plz draw a dragon on a mountain": "dragon",
    "My favourite animal is the cat! Draw a unicorn!": "unicorn",
    "can u draw a spotted dog sitting on a red chair": "spotted",
    "a wooden zeppelin floats above the house": "zeppelin",
    "Put the teapot below the chair and a candle on the chair": "teapot",
    "a rabbit eating a carrot": "eating",
    "two trees with a bench between them": "bench",
    "Story time! A wizard thinks about an ice cream, then it gets one.": "wizard",
    "Tell me a story about a frog who wants to reach the castle": "castle",
    "the gripper picks up the hammer and puts it on the table": "hammer",
    "draw a fluffy robot": "fluffy",
    "a cat with long ears": "long",
    "Teach me to draw a lion, I'm six years old!": "lion",
    "1. a red car 2. the car explodes": "explodes",
}


@pytest.mark.parametrize("request_", UNKNOWN)
def test_nothing_unknown_is_passed_over(request_: str) -> None:
    assert f'"{UNKNOWN[request_]}"' in str(refusal(request_))


ODD = ("gloomy", "zebra", "sparkling", "pagoda")
PLACES = (
    "a {} cat sits on the chair",
    "put a {} next to the cat",
    "the {} goes in the top left",
    "a cat and a dog, both {}",
)


@pytest.mark.parametrize("word", ODD)
@pytest.mark.parametrize("sentence", PLACES)
def test_unknown_words_are_refused_wherever_they_stand(sentence: str, word: str) -> None:
    refused = refused_or_none(sentence.format(word))
    assert refused is not None
    assert word in str(refused)


def test_room_is_made_by_moving_what_is_in_the_way() -> None:
    planned = prompts("Turtle left, rabbit right. Then the turtle is on the right of the rabbit.")
    assert planned[-1] == "Move the rabbit to the middle. Move the turtle to the right of the rabbit."


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Don't draw anything, just tell me how many wheels a bicycle has.", "two wheels"),
        ("Just a question: can a box be opened in your pictures?", "open"),
        ("whats the biggest number of things i can ask you to count to", "12"),
        ("How many legs does a dog have?", "four legs"),
        ("Which vehicles can I use?", "train"),
        ("can things be upside down?", "180"),
        ("Do you know how to draw animals? Which ones?", "penguin"),
    ],
)
def test_questions_in_peoples_own_words_are_answered(question: str, said: str) -> None:
    (answered,) = steps(question)
    assert answered.prompt is None
    assert said in answered.instruction
