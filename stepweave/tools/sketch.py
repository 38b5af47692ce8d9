"""The embedded image tool: draws the documented vocabulary, and edits what it or anyone else drew.

An honest stand-in for an image generator. It needs no weights and no network, draws the same order the same way for
ever, and by the declared model of ``stepweave.world.faults`` it sometimes draws the wrong thing.
"""

from __future__ import annotations

from collections.abc import Sequence

from stepweave import __version__
from stepweave.tools import canvas
from stepweave.tools.canvas import Canvas
from stepweave.tools.knobs import Knob
from stepweave.tools.protocol import Abilities, Order, Picture, Refused, ToolError, check
from stepweave.world import lettering
from stepweave.world.effort import TooMuchWork, effort
from stepweave.world.faults import chance, corrupt
from stepweave.world.finding import LayoutError
from stepweave.world.language import LanguageError, parse
from stepweave.world.render import render
from stepweave.world.scene import Add, Background, Operation

EFFORT = 10_000_000
"""Units of work that are spent on words and layout for one picture, see ``stepweave.world.effort``."""
FAULT_RATE = 0.25
"""How often a plain operation goes wrong unless the order says otherwise."""


class Sketch:
    """Draws with the words of ``stepweave.world.vocabulary``; implements ``ImageTool``."""

    name = f"sketch {__version__}"
    abilities = Abilities(
        edit=True,
        parameters={"fault_rate": Knob(f"how often an operation goes wrong; default {FAULT_RATE}", float, 0, 1)},
        origin="algorithmicMedia",
    )

    def draw(self, orders: Sequence[Order]) -> Sequence[Picture | ToolError]:
        """Draw every order by itself; one that cannot be drawn leaves its refusal in its place."""
        return [_drawn(order, self.abilities) for order in orders]


def _drawn(order: Order, abilities: Abilities) -> Picture | ToolError:
    try:
        check(order, abilities)
        with effort(EFFORT):
            return _picture(order, float(order.parameters.get("fault_rate", FAULT_RATE)))
    except ToolError as refusal:
        return refusal
    except (LanguageError, LayoutError) as error:
        return Refused(error.reason, error.remedy)
    except TooMuchWork:
        return Refused("to find room for all of this takes more work than is spent on one picture", "ask for less")


def _picture(order: Order, rate: float) -> Picture:
    """Read the words, change the scene, let chance spoil it, and render it.

    Raises:
        Refused, LanguageError, LayoutError: the order cannot be drawn.
    """
    operations = parse(order.prompt).operations
    given = canvas.read(order.sources[0]) if order.sources else Canvas()
    given = canvas.fitted(given, order.width, order.height)
    for operation in operations:
        _possible(operation, given)
    random = chance(order.seed, order.prompt)
    aspect, own = order.width / order.height, given.base is None
    scene, faults = corrupt(given.scene, operations, rate, random, aspect, own=own)
    image = render(scene, order.width, order.height, given.base)
    return Picture(image, canvas.chunks(scene, image, given.base, faults))


def _possible(operation: Operation, given: Canvas) -> None:
    """Refuse what can be said but not drawn.

    Raises:
        Refused: naming it.
    """
    if isinstance(operation, Background) and given.base is not None:
        raise Refused(
            "the background of a given picture cannot be changed",
            "draw things upon it, or start from a picture that this generator drew",
        )
    if isinstance(operation, Add) and (missing := lettering.unwritable(operation.label)):
        raise Refused(
            f"there are no letters to write {missing!r}",
            "use the letters A to Z without accents, digits and plain punctuation",
        )
