"""The texts under the fields of a settings group, read from its source: only the documentation needs them.

pydantic can collect them itself, but does it at every start of the program, which takes as long as reading the file.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from itertools import pairwise

from pydantic import BaseModel


def described(model: type[BaseModel]) -> dict[str, str]:
    """Return the text under each field of ``model``; a field without one is missing."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(model))).body[0]
    body = tree.body if isinstance(tree, ast.ClassDef) else []
    texts: dict[str, str] = {}
    for field, below in pairwise(body):
        if not (isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)):
            continue
        if isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant) and isinstance(below.value.value, str):
            texts[field.target.id] = inspect.cleandoc(below.value.value)
    return texts
