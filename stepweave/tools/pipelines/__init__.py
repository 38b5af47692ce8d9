"""Pipelines of the diffusers library as image tools: loaded from a folder or by id, drawn with in batches."""
