"""Feed every decoder with inputs that reach code no other input has reached.

python -m benchmarks.fuzz --seconds 60 protocol envelope

Needs atheris, which `make fuzz` installs. The decoders, what they promise and what is tried first are those of
tests/fuzz. What breaks a promise is kept as a file; copy it to tests/fuzz/corpus/<decoder>/ and the tests try it for
ever. The exit code is 0 if every promise was kept, else 1.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import importlib.util
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

LONGEST = 4096
"""Bytes of an input."""
SLOWEST = 30
"""Seconds of one input, after which it counts as broken."""
MOST = 2048
"""MiB of memory, after which it counts as broken."""
_FIGURES = re.compile(r"#(\d+)\s+(?:DONE|pulse|NEW|REDUCE|RELOAD|INITED).*?cov: (\d+)")


def fuzz(name: str, seconds: int, found: Path) -> tuple[int, str]:
    """Fuzz one decoder in a process of its own; gives its exit code, and how far it came."""
    with tempfile.TemporaryDirectory(prefix=f"fuzz-{name}-") as corpus:
        command = [sys.executable, "-m", "benchmarks.fuzz", "--child", name, corpus]
        limits = [f"-max_total_time={seconds}", f"-max_len={LONGEST}", f"-timeout={SLOWEST}", f"-rss_limit_mb={MOST}"]
        done = subprocess.run(
            [*command, *limits, f"-artifact_prefix={found}/{name}-"], capture_output=True, text=True, check=False
        )
    figures = _FIGURES.findall(done.stderr)
    reached = f"{int(figures[-1][0]):,} inputs, {figures[-1][1]} edges" if figures else done.stderr[-2000:]
    if done.returncode:
        reached += "\n" + "\n".join(line for line in done.stderr.splitlines() if "Exception" in line or "Error" in line)
    return done.returncode, reached


def child(name: str, corpus: Path, options: Sequence[str]) -> None:
    """Fuzz in this process, until time is up or a promise broken."""
    atheris = importlib.import_module("atheris")
    with atheris.instrument_imports(include=["stepweave"]):
        from tests.fuzz.targets import TARGETS
    from tests.fuzz.seeds import SEEDS

    for data in SEEDS[name]():
        (corpus / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)
    atheris.Setup([sys.argv[0], str(corpus), *options], TARGETS[name])
    atheris.Fuzz()


def main(words: Sequence[str] | None = None) -> int:
    """Fuzz the decoders that are named, or all."""
    words = list(sys.argv[1:] if words is None else words)
    if words[:1] == ["--child"]:
        child(words[1], Path(words[2]), words[3:])
        return 0
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzz", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("decoders", nargs="*", help="which (default: all)")
    parser.add_argument("--seconds", type=int, default=30, help="for each (%(default)s)")
    parser.add_argument("--found", type=Path, default=Path("fuzz-found"), help="folder for what broke a promise")
    given = parser.parse_args(words)
    if importlib.util.find_spec("atheris") is None:
        parser.error("atheris is not installed: run `make fuzz`")
    from tests.fuzz.targets import TARGETS

    if strange := set(given.decoders) - set(TARGETS):
        parser.error(f"there is no decoder {', '.join(sorted(strange))}; there are: {', '.join(TARGETS)}")
    given.found.mkdir(parents=True, exist_ok=True)
    broken = []
    for name in given.decoders or TARGETS:
        code, reached = fuzz(name, given.seconds, given.found)
        broken += [name] if code else []
        print(f"{name:<20} {'BROKEN' if code else 'kept':<7} {reached}", flush=True)
    if broken:
        print(f"broken: {', '.join(broken)}; see {given.found}", file=sys.stderr)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
