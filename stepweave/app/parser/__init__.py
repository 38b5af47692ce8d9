"""The words of the command line: every command with its options, examples first.

Nothing here knows what a command does, and nothing heavy is imported: this is all that ``--help`` needs. Options leave
``None`` where nothing was said, so that a setting from elsewhere can hold.
"""

from stepweave.app.parser.base import Parser
from stepweave.app.parser.commands import build
from stepweave.app.parser.examples import EXAMPLES

__all__ = ["EXAMPLES", "Parser", "build"]
