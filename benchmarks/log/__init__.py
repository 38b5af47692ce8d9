"""How large a log may grow: memory and start-up of the orchestrator, and the time to fold a run."""
