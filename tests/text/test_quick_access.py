"""The sandbox looks no further at plain data of ours; what it refuses elsewhere, it still refuses."""

from types import SimpleNamespace

import pytest
from jinja2.exceptions import SecurityError, UndefinedError

from clausegen.dossier.view import View
from clausegen.law.decision import DocumentPrevu
from clausegen.text.environment import environment
from clausegen.text.functions import lots_vises
from clausegen.text.session import Session, current


@pytest.fixture
def render():
    session = Session(SimpleNamespace(lots=[View(numero=n) for n in (4, 7, 9)]))
    token = current.set(session)

    def rendered(source, **names):
        text = environment().from_string(source).render(names)
        return [session.slots.faits, text]

    yield rendered
    current.reset(token)


def test_values_are_read_by_name_and_through_filters(render):
    faits, _ = render("{{ v.a }}{{ vs|map(attribute='a')|join }}", v=View(a="un"), vs=[View(a="deux")])
    assert faits == ["un", "deux"]


@pytest.mark.parametrize(
    "source",
    ["{{ v.__class__ }}", "{{ v._b }}", "{{ v['__dict__'] }}", "{{ [v]|map(attribute='__class__')|list|first }}"],
)
def test_what_is_private_stays_out(render, source):
    with pytest.raises((SecurityError, UndefinedError)):
        render(source, v=View(_b="caché"))


def test_methods_of_a_data_class_go_the_long_way(render):
    with pytest.raises((SecurityError, UndefinedError)):
        render("{{ d.__init__() }}", d=View(document=DocumentPrevu))


def test_a_macro_called_in_a_loop_reads_what_it_is_given(render):
    faits, _ = render(
        "{% macro m(x) %}{{ x }}{% endmacro %}{% for v in vs %}{{ m(v.a) }}{% endfor %}", vs=[View(a="x"), View(a="y")]
    )
    assert faits[:2] == ["x", "y"]


@pytest.mark.usefixtures("render")
def test_the_lots_that_findings_name_come_once_and_in_order():
    paths = ["lots[2].heures", "lots[0].cpv", None, "lots[2].cpv", "acheteur.nom", "lots[12]"]
    assert lots_vises([SimpleNamespace(chemin=path) for path in paths]) == [4, 9]
