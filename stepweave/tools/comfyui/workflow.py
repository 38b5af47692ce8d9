"""Workflows: loaded, checked against their map and the server, and filled with the values of an order. Pure but for the
file."""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stepweave.messages import Parameter
from stepweave.tools.comfyui.settings import Places
from stepweave.tools.protocol import BadSetup, Order

LARGEST = 4 * 2**20
"""Bytes of a workflow's file, at most."""
PARAMETERS = ("steps", "guidance", "negative_prompt")
"""Parameters of an order that a workflow may have a place for."""


class BadWorkflow(BadSetup):
    """A workflow cannot be used as it is mapped."""

    def __init__(self, file: Path, why: str, remedy: str) -> None:
        super().__init__(f"the workflow {file}: {why}", remedy)


@dataclass(frozen=True, slots=True)
class Workflow:
    """One that fits its map."""

    nodes: Mapping[str, Mapping[str, Any]]
    """By their ids: class and inputs."""
    places: Places
    digest: str
    """The first digits of the file's SHA-256."""

    @property
    def sized(self) -> bool:
        """Whether it draws in whatever size is ordered."""
        return bool(self.places.width and self.places.height)

    @property
    def parameters(self) -> frozenset[str]:
        """Parameters that it has a place for."""
        return frozenset(name for name in PARAMETERS if getattr(self.places, name))

    @property
    def classes(self) -> list[str]:
        """Classes of its nodes."""
        return sorted({str(node["class_type"]) for node in self.nodes.values()})


def load(places: Places) -> Workflow:
    """Read a workflow, and see that everything is where its map says.

    Raises:
        BadWorkflow: it is not, or the file is no workflow in API form.
    """
    file = places.file.expanduser()
    try:
        with file.open("rb") as opened:
            data = opened.read(LARGEST + 1)
        found = json.loads(data)
    except OSError as error:
        raise BadWorkflow(file, error.strerror or str(error), "name a file that can be read") from None
    except (ValueError, RecursionError):
        raise BadWorkflow(file, "it is no JSON", "export it from ComfyUI with Export (API)") from None
    if len(data) > LARGEST:
        raise BadWorkflow(file, f"it has more than {LARGEST} bytes", "export the workflow without pictures in it")
    if isinstance(found, dict) and isinstance(found.get("nodes"), list):
        raise BadWorkflow(file, "it is in the form of the editor", "export it from ComfyUI with Export (API)")
    if not isinstance(found, dict) or not found or not all(map(_is_node, found.values())):
        raise BadWorkflow(file, "its members are no nodes", "export it from ComfyUI with Export (API)")
    workflow = Workflow(found, places, hashlib.sha256(data).hexdigest()[:12])
    for name, place in _mapped(places):
        _look_up(workflow, file, name, place)
    if places.output not in found:
        raise BadWorkflow(file, f"there is no node {places.output!r} for `output`", f"the nodes are {_nodes(found)}")
    return workflow


def check(workflow: Workflow, known: Mapping[str, Any]) -> None:
    """See that a server has all that a workflow needs.

    Args:
        workflow: which.
        known: what the server says of each class (``/object_info``).

    Raises:
        BadWorkflow: a class is not installed there, or does not have an input that is mapped.
    """
    file = workflow.places.file
    if missing := [name for name in workflow.classes if not known.get(name)]:
        what = f"the server has no {', '.join(missing)}"
        raise BadWorkflow(file, what, "install the custom nodes there that the workflow needs, or export another one")
    for name, place in _mapped(workflow.places):
        node, _, field = place.partition(".")
        kind = str(workflow.nodes[node]["class_type"])
        inputs = known[kind].get("input", {})
        fields = {each for group in inputs.values() if isinstance(group, Mapping) for each in group}
        if field not in fields:
            raise BadWorkflow(
                file, f"{kind} has no input {field!r} for `{name}`", f"it has {', '.join(sorted(fields))}"
            )
    kind = str(workflow.nodes[workflow.places.output]["class_type"])
    if not known[kind].get("output_node"):
        raise BadWorkflow(file, f"{kind} keeps no picture", "map `output` to a node that does, such as SaveImage")


def filled(workflow: Workflow, order: Order, images: Sequence[str]) -> tuple[dict[str, Any], dict[str, Parameter]]:
    """A workflow with the values of an order in it, and which values those are.

    Args:
        workflow: stays as it is.
        order: what is ordered.
        images: the names by which the server knows its source pictures.
    """
    places = workflow.places
    used: dict[str, Parameter] = dict(order.parameters)
    if places.seed:
        used["seed"] = order.seed
    if workflow.sized:
        used |= {"width": order.width, "height": order.height}
    values = [(getattr(places, name), value) for name, value in used.items()]
    values += [(places.prompt, order.prompt), *zip(places.images, images, strict=False)]
    nodes: dict[str, Any] = copy.deepcopy(dict(workflow.nodes))
    for place, value in values:
        node, _, field = place.partition(".")
        nodes[node]["inputs"][field] = value
    for place in places.images[len(images) :]:  # as many references as there are: the others show the same picture
        node, _, field = place.partition(".")
        nodes[node]["inputs"][field] = images[0]
    return nodes, used


def _mapped(places: Places) -> list[tuple[str, str]]:
    names = ("prompt", "seed", "width", "height", *PARAMETERS)
    found = [(name, str(getattr(places, name))) for name in names if getattr(places, name)]
    return found + [("images", place) for place in places.images]


def _look_up(workflow: Workflow, file: Path, name: str, place: str) -> None:
    node, dot, field = place.partition(".")
    if not dot or node not in workflow.nodes:
        what = f"`{name}` is {place!r}, and there is no node {node!r}"
        raise BadWorkflow(file, what, f"write node.input; the nodes are {_nodes(workflow.nodes)}")
    inputs = workflow.nodes[node]["inputs"]
    if field not in inputs:
        kind = workflow.nodes[node]["class_type"]
        what = f"`{name}` is {place!r}, and node {node} ({kind}) has no input {field!r}"
        raise BadWorkflow(file, what, f"its inputs are {', '.join(inputs) or 'none'}")


def _is_node(value: object) -> bool:
    return isinstance(value, Mapping) and "class_type" in value and isinstance(value.get("inputs"), Mapping)


def _nodes(nodes: Mapping[str, Mapping[str, Any]]) -> str:
    listed = [f"{number} ({node['class_type']})" for number, node in nodes.items()]
    return ", ".join(listed[:30])
