"""Mutates the measures one place at a time and shows that a test fails: python tests/mutate.py [MODULE…] [--most N]

Not part of the tests: a mutant takes a run of the tests of the measures, a few seconds. The tests are collected
once; a mutant's byte code is put into the functions that are there already, so whoever imported them runs it.
Prints every mutant that no test noticed, and exits 1 if there is one.
"""

from __future__ import annotations

import argparse
import ast
import importlib
import inspect
import sys
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from _pytest.runner import runtestprotocol

ROOT = Path(__file__).parent.parent
MEASURES = ("overlap", "scores", "figures", "intervals", "confidence", "compare", "gate", "support", "gold", "doubts")
TESTS = ("test_scores.py", "test_compare.py", "test_gold.py")
SWAPPED: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.Add: ast.Sub, ast.Sub: ast.Add,
    ast.Mult: ast.Div, ast.Div: ast.Mult, ast.And: ast.Or, ast.Or: ast.And,
}  # fmt: skip
NAMES = {"any": "all", "all": "any", "min": "max", "max": "min"}


def changes(tree: ast.Module) -> Iterator[tuple[str, ast.Module]]:
    """Each mutant of a module's functions: what was changed where, and the changed tree."""
    places = [n for f in ast.walk(tree) if isinstance(f, ast.FunctionDef) for n in ast.walk(f)]
    for node in dict.fromkeys(places):
        yield from _of(node, tree)


def _of(node: ast.AST, tree: ast.Module) -> Iterator[tuple[str, ast.Module]]:
    if isinstance(node, ast.Compare):
        for n, operator in enumerate(node.ops):
            node.ops[n] = SWAPPED[type(operator)]()  # type: ignore[call-overload]
            yield f"{node.lineno} {type(operator).__name__}", tree
            node.ops[n] = operator
    elif isinstance(node, ast.BinOp | ast.BoolOp) and type(node.op) in SWAPPED:
        operator = node.op
        node.op = SWAPPED[type(operator)]()  # type: ignore[assignment]
        yield f"{node.lineno} {type(operator).__name__}", tree
        node.op = operator  # type: ignore[assignment]
    elif isinstance(node, ast.Constant) and type(node.value) in (int, float):
        value = node.value
        node.value = value + 1
        yield f"{node.lineno} {value} → {value + 1}", tree
        node.value = value
    elif isinstance(node, ast.Name) and node.id in NAMES:
        name = node.id
        node.id = NAMES[name]
        yield f"{node.lineno} {name} → {node.id}", tree
        node.id = name


def functions(module: types.ModuleType) -> dict[str, types.FunctionType]:
    """The functions and methods of a module by their qualified names; a property by its getter."""
    out: dict[str, types.FunctionType] = {}
    for holder in [
        module,
        *(c for c in vars(module).values() if inspect.isclass(c) and c.__module__ == module.__name__),
    ]:
        for value in vars(holder).values():
            found = value.fget if isinstance(value, property) else value
            if isinstance(found, types.FunctionType) and found.__module__ == module.__name__:
                out[found.__qualname__] = found
    return out


def codes(code: types.CodeType) -> Iterator[types.CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield constant
            yield from codes(constant)


class Mutants:
    """A plugin that runs the collected tests once unchanged, then once for each mutant, until one fails."""

    def __init__(self, names: list[str], most: int) -> None:
        self.names, self.most = names, most
        self.lived: list[str] = []
        self.count = 0
        self.failure = ""

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        if self._fails(session):
            raise pytest.UsageError(f"the tests fail without a mutation: {self.failure}")
        for name in self.names:
            module = importlib.import_module(f"eval.{name}")
            own = functions(module)
            before = {found: found.__code__ for found in own.values()}
            path = ROOT / "eval" / f"{name}.py"
            for what, tree in changes(ast.parse(path.read_text("utf-8"))):
                if self.most and self.count >= self.most:
                    return True
                mutant = compile(ast.fix_missing_locations(tree), str(path), "exec")
                for code in codes(mutant):
                    if code.co_qualname in own and len(code.co_freevars) == len(
                        own[code.co_qualname].__code__.co_freevars
                    ):
                        own[code.co_qualname].__code__ = code
                self.count += 1
                if not self._fails(session):
                    self.lived.append(f"eval/{name}.py:{what}")
                    print(f"lived: {self.lived[-1]}", flush=True)
                for found, code in before.items():
                    found.__code__ = code
        return True

    def _fails(self, session: pytest.Session) -> bool:
        for item in session.items:
            reports: list[Any] = runtestprotocol(item, nextitem=session, log=False)
            if any(report.failed for report in reports):
                self.failure = next(report.longreprtext for report in reports if report.failed)
                return True
        return False


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("modules", nargs="*", default=[])
    parser.add_argument("--most", type=int, default=0)
    given = parser.parse_args()
    sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
    mutants = Mutants(given.modules or list(MEASURES), given.most)
    pytest.main(["-q", *(str(ROOT / "tests" / name) for name in TESTS)], plugins=[mutants])
    print(f"{mutants.count} mutants, {len(mutants.lived)} lived")
    return 1 if mutants.lived or not mutants.count else 0


if __name__ == "__main__":
    sys.exit(main())
