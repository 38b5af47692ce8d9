"""The image tool on ComfyUI workflows."""

from __future__ import annotations

from collections.abc import Sequence

from stepweave.messages import Made
from stepweave.tools.comfyui.client import Client
from stepweave.tools.comfyui.settings import ComfySettings
from stepweave.tools.comfyui.workflow import Workflow, check, filled, load
from stepweave.tools.knobs import COMMON
from stepweave.tools.protocol import Abilities, Order, Picture, ToolError
from stepweave.tools.remote import one_by_one, picture_in


class ComfyUI:
    """Draws with workflows on a server; implements ``ImageTool``."""

    def __init__(self, settings: ComfySettings) -> None:
        """Read the workflows; the server is asked for the first time when something is drawn.

        Raises:
            BadWorkflow: one cannot be used as it is mapped.
        """
        self._settings = settings
        self._generate = load(settings.generate) if settings.generate else None
        self._edit = load(settings.edit) if settings.edit else None
        self._client = Client(settings)
        self._checked: set[str] = set()
        self.name = f"{settings.model or 'ComfyUI'} at {self._client.url}"
        self.abilities = self._abilities()

    def close(self) -> None:
        """Let go of all connections."""
        self._client.close()

    def draw(self, orders: Sequence[Order]) -> Sequence[Picture | ToolError]:
        """Draw every order by a run of a workflow.

        Raises:
            ModelError: the server does not answer as it should.
        """
        return one_by_one(self, orders, self._drawn)

    def _drawn(self, order: Order) -> Picture:
        workflow = self._edit if order.sources else self._generate
        assert workflow is not None, "what it cannot do is refused before"
        self._check(workflow)
        images = [self._client.upload(source) for source in order.sources]
        nodes, used = filled(workflow, order, images)
        data, work = self._client.draw(nodes, workflow.places.output, self.name, order.wanted)
        return Picture(
            picture_in(data, self.name, self._settings.largest),
            made=Made(
                model=self._settings.model or "unknown",
                licence=self._settings.licence,
                device=self._client.url,
                seeded=bool(workflow.places.seed),
                used=used,
                told={"prompt_id": work, "workflow": workflow.digest},
            ),
        )

    def _check(self, workflow: Workflow) -> None:
        """See once that the server has what a workflow needs; it may be started after us."""
        if workflow.digest not in self._checked:
            check(workflow, self._client.known(workflow.classes))
            self._checked.add(workflow.digest)

    def _abilities(self) -> Abilities:
        """What the workflows can do together: a run has one size and one set of parameters for all its pictures."""
        both = [workflow for workflow in (self._generate, self._edit) if workflow is not None]
        settings, sized = self._settings, all(workflow.sized for workflow in both)
        common = frozenset.intersection(*(workflow.parameters for workflow in both))
        return Abilities(
            edit=self._edit is not None,
            generate=self._generate is not None,
            references=len(self._edit.places.images) - 1 if self._edit else 0,
            smallest=settings.smallest if sized else settings.size,
            largest=settings.largest if sized else settings.size,
            multiple=settings.multiple if sized else 1,
            parameters={name: COMMON[name] for name in sorted(common)},
        )
