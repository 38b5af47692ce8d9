"""Hears what people say: turns freely worded requests into the language of the embedded world.

The language itself is strict, since a prompt must be understood as a whole. People are not; so what they say is
put into the language's own words first, by pure functions from text to text. Only words from explicit lists are ever
dropped: whatever else is unknown stays, and is refused.
"""

from stepweave.policies.rules.hearing.listening import heard, instructed

__all__ = ["heard", "instructed"]
