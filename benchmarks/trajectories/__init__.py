"""How fast a log becomes a data set."""
