"""Generators behind servers of somebody else's."""

from __future__ import annotations

from stepweave.agents.generator import Generator, Usage
from stepweave.tools.comfyui.settings import ComfySettings
from stepweave.tools.comfyui.tool import ComfyUI
from stepweave.tools.images_api import ImagesApi, ImagesSettings
from stepweave.tools.interleave_edit import InterleaveEdit, InterleaveEditSettings

comfyui = Generator("comfyui", ComfySettings, ComfyUI, lambda given: Usage(given.slots))
"""Draws with workflows on a ComfyUI server."""

images_api = Generator("images-api", ImagesSettings, ImagesApi, lambda given: Usage(given.slots))
"""Draws behind the OpenAI Images API."""

interleave_edit = Generator("interleave-edit", InterleaveEditSettings, InterleaveEdit, lambda given: Usage(given.slots))
"""Draws behind the edit server of the InterleaveThinker repository."""
