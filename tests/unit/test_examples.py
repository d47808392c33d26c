"""Every example in a docstring is run: an example that lies misleads more than none."""

from __future__ import annotations

import doctest
from importlib import import_module
from pathlib import Path

import xindun

PACKAGE = Path(xindun.__file__).parent
SOURCE = PACKAGE.parent


def modules_with_examples() -> list[str]:
    """Names of modules that hold a prompt; the others need not be imported."""
    paths = (each for each in PACKAGE.rglob("*.py") if ">>> " in each.read_text("utf-8"))
    return sorted(".".join(each.relative_to(SOURCE).with_suffix("").parts) for each in paths)


def test_every_example_comes_out_as_its_docstring_says() -> None:
    names = modules_with_examples()
    assert len(names) > 20
    told: list[str] = []
    tried = 0
    runner, finder = doctest.DocTestRunner(verbose=False), doctest.DocTestFinder()
    for name in names:
        module = import_module(name.removesuffix(".__init__"))
        for each in finder.find(module):
            runner.run(each, out=told.append, clear_globs=True)
            tried += len(each.examples)
    assert tried >= len(names)
    assert told == []
