"""Looks at how good the embedded world is: its pictures, and how well they are planned and judged."""
