"""stepweave: agents on an event bus that turn any image generator into one that tells a story."""

__version__ = "0.1.0"
