"""On the path of vLLM's processes: see tests/pipelines/shim.py, and be as quick to start as without it elsewhere."""

import importlib.abc
import importlib.machinery
import sys


class _Before(importlib.abc.MetaPathFinder):
    """Mends torch before torchvision is imported."""

    def find_spec(self, name, path, target=None):  # noqa: ANN001, ANN202
        if name == "torchvision":
            sys.meta_path.remove(self)
            import tests.pipelines.shim  # noqa: F401
        return None


sys.meta_path.insert(0, _Before())
