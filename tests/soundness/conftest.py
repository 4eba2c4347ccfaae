"""Loads the modules of this folder, that the campaign uses too."""

import importlib.util
import sys
from pathlib import Path


def loaded(name):
    """Return a module of this folder."""
    known = f"soundness_{name}"
    if known not in sys.modules:
        spec = importlib.util.spec_from_file_location(known, Path(__file__).with_name(f"{name}.py"))
        module = importlib.util.module_from_spec(spec)
        # Its dataclasses look for it there.
        sys.modules[known] = module
        spec.loader.exec_module(module)
    return sys.modules[known]
