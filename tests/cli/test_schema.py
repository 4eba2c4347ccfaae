import json
from typing import Any

import pytest


def test_schema_is_json(clausegen: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clausegen.cli.schema.schema", lambda: {"title": "Marché", "minimum": 0.5, "required": []})
    code, out, err = clausegen("schema")
    assert (code, err) == (0, "")
    assert json.loads(out) == {"title": "Marché", "minimum": 0.5, "required": []}
