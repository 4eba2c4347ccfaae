from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
from jinja2 import DictLoader, TemplateError, TemplateSyntaxError, UndefinedError

from clausegen.language.unknown import Unknown, UnknownFactError
from clausegen.text.environment import environment
from clausegen.text.functions import TemplateFault
from clausegen.text.session import Session, current


@pytest.fixture
def rendered():
    def run(source, **facts):
        env = environment().overlay(loader=DictLoader({"t": source}))
        session = Session(SimpleNamespace())
        token = current.set(session)
        try:
            return env.get_template("t").render(facts), session.slots
        finally:
            current.reset(token)

    return run


def test_facts_become_marks(rendered):
    text, slots = rendered("a {{ x }} b", x="**gras**")
    assert text == "a \ue000f0\ue001 b"
    assert slots.faits == ["**gras**"]


def test_a_missing_fact_prints_as_a_field(rendered):
    _, slots = rendered("{{ x|euros }}", x=Unknown("lots[0].heures", "Combien ?"))
    assert (slots.champs[0].chemin, slots.champs[0].question) == ("lots[0].heures", "Combien ?")


def test_numbers_and_dates_print_in_french(rendered):
    _, slots = rendered("{{ n }}{{ d }}{{ j }}", n=1200, d=Decimal("0.50"), j=date(2027, 1, 1))
    assert slots.faits == ["1 200", "0,5", "1er janvier 2027"]


def test_filters(rendered):
    _, slots = rendered(
        "{{ m|ht }}{{ t|pourcent }}{{ h|heures }}{{ u|heures }}{{ l|liste }}{{ v|de }}{{ a|de }}",
        m=960000,
        t=Decimal("0.05"),
        h=420,
        u=1,
        l=["a", "b", "c"],
        v="Rennes",
        a="Angers",
    )
    assert slots.faits == ["960 000 € HT", "5 %", "420 heures", "1 heure", "a, b et c", "de Rennes", "d'Angers"]


@pytest.mark.parametrize(
    "source", ["{{ 1 + x }}", "{{ x * 2 }}", "{{ x ~ 'a' }}", "{{ x|default(3) }}", "{{ x is defined }}", "{{ x|sum }}"]
)
def test_no_sum_and_no_silent_answer(rendered, source):
    with pytest.raises((TemplateError, TemplateSyntaxError)):
        rendered(source, x=3)


@pytest.mark.parametrize(
    "source",
    [
        "{{ ''.__class__ }}",
        "{{ x.__class__.__mro__ }}",
        "{{ [].append(1) }}",
        "{{ self.__init__ }}",
        "{{ x.__init__.__globals__ }}",
        "{{ champ.__globals__ }}",
        "{{ cycler }}",
        "{{ lipsum() }}",
        "{% include '/etc/passwd' %}",
        "{% include '../pyproject.toml' %}",
    ],
)
def test_templates_cannot_reach_python_or_the_disk(rendered, source):
    with pytest.raises((TemplateError, TemplateFault)):
        rendered(source, x=SimpleNamespace(a=1))


def test_deciding_on_a_missing_fact_is_a_fault(rendered):
    with pytest.raises(UnknownFactError):
        rendered("{% if x %}oui{% endif %}", x=Unknown("a"))
    assert rendered("{% if x is connu %}oui{% else %}non{% endif %}", x=Unknown("a"))[0] == "non"


@pytest.mark.parametrize("value", [None, True, [1], {"a": 1}])
def test_what_has_no_words_is_a_fault(rendered, value):
    with pytest.raises(TemplateFault):
        rendered("{{ x }}", x=value)


def test_a_misspelt_name_is_a_fault(rendered):
    with pytest.raises(UndefinedError):
        rendered("{{ marche_ }}")
