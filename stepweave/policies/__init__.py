"""All that decides: the fold of a run, search policies, and the policies of planners and critics."""
