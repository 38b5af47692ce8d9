"""The generator on pipelines of diffusers, in this process."""

from __future__ import annotations

from stepweave.agents.generator import Generator, Usage
from stepweave.tools.pipelines.settings import PipelineSettings
from stepweave.tools.pipelines.tool import Diffusers

diffusers = Generator("diffusers", PipelineSettings, Diffusers, lambda given: Usage(wait=given.wait))
"""Draws with a model that was loaded from a folder or the hub."""
