import pytest

from clausegen.errors import ClausegenError
from clausegen.exchange.exporters.registry import FORMATS, exporter_for


def test_every_format_has_its_module():
    assert list(FORMATS) == ["eforms", "decp", "fiche-publicite"]
    assert len({type(exporter_for(name)) for name in FORMATS}) == len(FORMATS)


def test_unknown_format_is_refused():
    with pytest.raises(ClausegenError, match=r"eforms, decp, fiche-publicite"):
        exporter_for("xml")
