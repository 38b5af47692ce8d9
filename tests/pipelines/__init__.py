"""Pipelines of diffusers with tiny random weights, made here, and loaded by the same code as real ones."""
