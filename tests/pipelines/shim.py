"""torchvision beside a torch for processors only: its own library does not load there, and its import misses two names.

Nothing that is used here needs the operators themselves.
"""

from __future__ import annotations

import torch

for name in ("nms", "qnms"):
    if not hasattr(torch.ops.torchvision, name):
        torch.library.define(f"torchvision::{name}", "(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
