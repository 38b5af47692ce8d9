"""Logs and traces; used by all, knows none of them."""
