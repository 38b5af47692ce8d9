"""Talking to language models: one protocol, and the ways to reach one. Imports messages and nothing else of ours."""

from __future__ import annotations

from stepweave.models.protocol import LanguageModel, Question, Replies, Reply, Sampling

__all__ = ["LanguageModel", "Question", "Replies", "Reply", "Sampling"]
