"""How long one story takes under each search policy, and what it costs, with eight free generators."""
