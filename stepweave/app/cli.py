"""The command line: reads the words, calls the command, turns what went wrong into a message and an exit code.

Only argparse is imported here: measured, it needs 0.03 s for --help where typer and cyclopts need 0.2 s, and it is no
dependency. A command's module is imported when it is called.
"""

from __future__ import annotations

import io
import os
import select
import sys
from collections.abc import Sequence
from importlib import import_module

from stepweave.app import exits
from stepweave.app.parser import build
from stepweave.app.stderr import say


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; gives the exit code (see :mod:`stepweave.app.exits`)."""
    _prepare_streams()
    arguments = build().parse_args(argv)
    try:
        code: int = import_module(f"stepweave.app.commands.{arguments.module}").main(arguments)
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        _discard_output()  # its reader has gone (`| head`): nothing to say
        return exits.INTERRUPTED
    except KeyboardInterrupt:
        say("stepweave: interrupted")
        return exits.INTERRUPTED
    except Exception as error:
        from stepweave.app.failures import pick, report  # imports what can be raised, so not before it is needed

        if isinstance(pick(error), BrokenPipeError) and _unread():
            _discard_output()
            return exits.INTERRUPTED
        code = report(error)
        _discard_unwritable()
        return code


def _prepare_streams() -> None:
    """Make do with what there is: a stream that is closed (`>&-`) leads nowhere, a poor locale ends no command."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _unread() -> bool:
    """Whether whoever read the output has gone; tasks that run together wrap the error that says so."""
    watch = select.poll()
    try:
        watch.register(sys.stdout.fileno(), 0)
    except (OSError, ValueError):
        return True
    return any(events & select.POLLERR for _, events in watch.poll(0))


def _discard_unwritable() -> None:
    """Keep Python from trying to write again, at its end, what could not be written."""
    try:
        sys.stdout.flush()
    except OSError:
        _discard_output()


def _discard_output() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    sys.exit(main())
