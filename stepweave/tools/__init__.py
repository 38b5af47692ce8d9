"""Image tools behind one protocol."""
