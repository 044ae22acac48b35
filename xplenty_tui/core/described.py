"""The texts under the fields of a pydantic model, read from its source when a person wants to see them.

pydantic can collect them itself (``use_attribute_docstrings``), but does it for every model at every start.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from functools import cache
from itertools import pairwise

from pydantic import BaseModel


@cache
def described(model: type[BaseModel]) -> dict[str, str]:
    """Return the text of each field of ``model``, its own description first; a field without one is missing."""
    texts: dict[str, str] = {}
    for kind in reversed(model.__mro__):
        if issubclass(kind, BaseModel) and kind is not BaseModel:
            texts.update(_written_in(kind))
    own = {name: field.description for name, field in model.model_fields.items() if field.description}
    return {name: text for name, text in {**texts, **own}.items() if name in model.model_fields}


def _written_in(model: type[BaseModel]) -> dict[str, str]:
    try:
        source = inspect.getsource(model)
    except (OSError, TypeError):  # a class without a file: made at run time
        return {}
    tree = ast.parse(textwrap.dedent(source)).body[0]
    body = tree.body if isinstance(tree, ast.ClassDef) else []
    texts: dict[str, str] = {}
    for field, below in pairwise(body):
        if not (isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)):
            continue
        if isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant) and isinstance(below.value.value, str):
            texts[field.target.id] = inspect.cleandoc(below.value.value)
    return texts
