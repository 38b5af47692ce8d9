"""The command line: reads the words, calls the command, turns what went wrong into a message and an exit code.

Only argparse is imported here: measured, it needs 0.03 s for --help where typer and cyclopts need 0.2 s, and it is no
dependency. A command's module is imported when it is called.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from stepweave.app import exits
from stepweave.app.parser import build


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; gives the exit code (see :mod:`stepweave.app.exits`)."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a poor locale must not end a command
    arguments = build().parse_args(argv)
    try:
        code: int = import_module(f"stepweave.app.commands.{arguments.module}").main(arguments)
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        # The reader of our output has gone (`| head`); say nothing, and keep Python from trying to flush again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return exits.INTERRUPTED
    except KeyboardInterrupt:
        print("stepweave: interrupted", file=sys.stderr)
        return exits.INTERRUPTED
    except Exception as error:
        from stepweave.app.failures import report  # imports what can be raised, so not before it is needed

        return report(error)


if __name__ == "__main__":
    sys.exit(main())
