"""Microseconds per hop: ours beside other agent and messaging frameworks, all doing the same work."""
