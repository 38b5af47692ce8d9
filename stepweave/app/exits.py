"""Exit codes: what a script can rely on."""

from __future__ import annotations

OK = 0
FAILED = 1
USAGE = 2
FLAWED = 3
SERVER = 4
DEFECT = 70
INTERRUPTED = 130

MEANINGS = {
    OK: "done",
    FAILED: "the run failed, was cancelled or has not taken note; doctor: something needed is broken; export, sweep: "
    "pictures are damaged",
    USAGE: "a mistake in the command, the settings, the request, a picture, an archive, or the output",
    FLAWED: "the run is complete, but for some step no candidate was accepted and the best one was kept",
    SERVER: "NATS cannot be reached or will not do, or its store or a disk is full",
    DEFECT: "a defect of stepweave; STEPWEAVE_DEBUG=1 shows where",
    INTERRUPTED: "interrupted; a run that had begun can be resumed",
}


def table() -> str:
    """The codes as they are listed in the help."""
    return "exit codes:\n" + "\n".join(f"  {code:<5}{meaning}" for code, meaning in MEANINGS.items())
