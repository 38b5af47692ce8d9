"""A real server on which logs are forged."""

from __future__ import annotations

from tests.bus.conftest import shared_broker

__all__ = ["shared_broker"]
