"""Everything is killed, stopped and cut off at random while runs are under way; then the log is read and judged."""
