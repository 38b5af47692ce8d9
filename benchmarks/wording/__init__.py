"""How many requests that people worded freely are planned as they are meant, held against the exact truth."""
