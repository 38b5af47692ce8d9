"""On the path of processes that import torchvision: see tests/pipelines/shim.py."""

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
