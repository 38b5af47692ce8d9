"""What vLLM reads from the environment when it is imported, unless somebody has set it: import this before it.

Standard output belongs to results of ours, and nobody was asked whether their use may be reported.
"""

from __future__ import annotations

import os

for name, value in {
    "VLLM_LOGGING_STREAM": "ext://sys.stderr",
    "VLLM_LOGGING_LEVEL": "WARNING",
    "VLLM_NO_USAGE_STATS": "1",
}.items():
    os.environ.setdefault(name, value)
