"""The agent base and its runtime, and the roles."""
