"""The facts of rules/, read with another reader and held against tables typed by hand."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

RULES = Path(__file__).resolve().parents[2] / "rules"
FACTS = ("sources", "ccag", "seuils", "calibrage", "publics", "acteurs", "noms", "citations")
ROOT_FILES = ("defauts.yaml", "faits.yaml")
CONFIANCES = {"texte-vu", "source-secondaire", "analyse", "usage", "non-verifie"}
VERIFIED_LATEST = date(2026, 11, 24)


class StrictLoader(yaml.SafeLoader):
    """PyYAML forgives a key written twice; a law cannot."""


def _mapping(loader: StrictLoader, node: yaml.MappingNode) -> dict[Any, Any]:
    keys = [loader.construct_object(key, deep=True) for key, _ in node.value]
    doubles = {str(key) for key in keys if keys.count(key) > 1}
    if doubles:
        raise ValueError(f"{node.start_mark}: {doubles}")
    values = [loader.construct_object(value, deep=True) for _, value in node.value]
    return dict(zip(keys, values, strict=True))


StrictLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def read(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), StrictLoader)
    return content


def fact_files() -> list[Path]:
    found = [path for folder in FACTS for path in sorted((RULES / folder).glob("*.yaml"))]
    return found + [RULES / name for name in ROOT_FILES]


FILES = fact_files()
SOURCES = {
    ident: entry for path in (RULES / "sources").glob("*.yaml") for ident, entry in read(path)["sources"].items()
}
SEUILS = [path for path in sorted((RULES / "seuils").glob("*.yaml")) if path.stem != "categories"]


def name(path: Path) -> str:
    return path.relative_to(RULES).as_posix()


def dicts(value: Any) -> Iterator[dict[Any, Any]]:
    if isinstance(value, dict):
        yield value
        for item in value.values():
            yield from dicts(item)
    elif isinstance(value, list):
        for item in value:
            yield from dicts(item)


def in_force(versions: dict[date, Any], day: date) -> Any:
    past = [first for first in versions if first <= day]
    found = versions[max(past)] if past else None
    return None if found == "fin" else found


def test_every_folder_has_files() -> None:
    assert {path.parent.name for path in FILES} == {*FACTS, "rules"}


@pytest.mark.parametrize("path", FILES, ids=name)
def test_titre_comes_first(path: Path) -> None:
    assert next(iter(read(path))) == "titre"
    assert path.read_text(encoding="utf-8").startswith("titre: ")


@pytest.mark.parametrize("path", FILES, ids=name)
def test_sources_exist(path: Path) -> None:
    for entry in dicts(read(path)):
        cited = entry.get("source")
        if path.parent.name == "sources" or cited is None:
            continue
        for ident in [cited] if isinstance(cited, str) else cited:
            assert ident in SOURCES, f"{ident} in {entry}"


@pytest.mark.parametrize("path", FILES, ids=name)
def test_confidence_is_of_the_closed_list(path: Path) -> None:
    for entry in dicts(read(path)):
        if "confiance" in entry:
            assert entry["confiance"] in CONFIANCES
        if "verifie_le" in entry:
            assert date(2026, 1, 1) <= entry["verifie_le"] <= VERIFIED_LATEST


@pytest.mark.parametrize("path", FILES, ids=name)
def test_dated_entries_say_how_sure_and_when_checked(path: Path) -> None:
    for entry in dicts(read(path)):
        versions = entry.get("versions")
        if not isinstance(versions, dict):
            continue
        assert list(versions) == sorted(versions)
        for day, version in versions.items():
            assert type(day) is date
            if version != "fin":
                assert {"verifie_le", "confiance"} <= set(version), f"{day}: {version}"
        assert in_force(versions, min(versions)) is not None, "a history cannot begin with its end"


def test_source_ids_are_declared_once() -> None:
    every = [ident for path in (RULES / "sources").glob("*.yaml") for ident in read(path)["sources"]]
    assert len(every) == len(set(every))


@pytest.mark.parametrize("path", sorted((RULES / "sources").glob("*.yaml")), ids=name)
def test_sources_can_be_cited(path: Path) -> None:
    content = read(path)
    for ident, entry in content["sources"].items():
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", ident)
        assert entry["objet"]
        if "article" in entry:
            assert content["sigle"] and content["complement"]
            assert "citation" not in entry
        else:
            assert entry["citation"] and entry["citation_longue"]
        for version in entry["versions"].values():
            assert version == "fin" or version["origine"]


@pytest.mark.parametrize("path", [RULES / "sources" / f"{act}.yaml" for act in ("ccp", "ct", "casf", "cmf")], ids=name)
def test_ids_follow_the_article(path: Path) -> None:
    for ident, entry in read(path)["sources"].items():
        if "article" in entry:
            assert ident == f"{path.stem}-{entry['article'].replace('. ', '').lower()}"
            assert re.fullmatch(r"[LRD]\. \d+(-\d+)*", entry["article"])


def test_nothing_names_a_site_or_an_address() -> None:
    for path in FILES:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"https?://|www\.|github|\w@\w|\.(fr|com|org|net)\b", text, re.IGNORECASE), path


DATES_TYPED_BY_HAND = {
    "ccp-l2112-2": ["2019-04-01", "2026-08-22"],
    "ccp-l2112-2-1": ["2026-08-22"],
    "ccp-l2312-1-1": ["2026-08-22"],
    "ccp-l3114-2-1": ["2026-08-22"],
    "ccp-r2152-7": ["2019-04-01", "2026-08-21"],
    "ccp-l2113-12": ["2019-04-01", "2023-12-20"],
    "ccp-l2113-13": ["2019-04-01"],
    "ccp-l2113-13-1": ["2022-10-21"],
    "ccp-l2113-14": ["2019-04-01", "2020-12-09", "2022-10-21"],
    "ccp-r2113-7": ["2019-04-01", "2022-12-30"],
    "ccp-d2111-3": ["2019-04-01", "2023-01-01"],
    "ccp-l2111-3": ["2019-04-01", "2023-10-25"],
    "ccp-l2111-1": ["2019-04-01", "2025-10-16"],
    "loi-2018-771-art83": ["2019-04-01", "2026-12-23"],
}


@pytest.mark.parametrize("ident", DATES_TYPED_BY_HAND)
def test_first_days_of_main_articles(ident: str) -> None:
    assert [day.isoformat() for day in SOURCES[ident]["versions"]] == DATES_TYPED_BY_HAND[ident]


# Numbers of the insertion article, cap, exemption, delay, contradictory step, general rules, fault, review, disputes.
CCAG = {
    "Travaux": ("20", "19.2.2", "19.2.1", "19.2.3", "19.2.4", "19.1", "50.3", "54", "55"),
    "FCS": ("16", "14.1.2", "14.1.3", "14.1.1", "14.1.1", None, "41", "25", "46"),
    "PI": ("16", "14.1.2", "14.1.3", "14.1.1", "14.1.1", None, "39", "25", "43"),
    "TIC": ("16", "14.1.2", "14.1.3", "14.1.1", "14.1.1", None, "50", "27", "55"),
    "MI": ("17", "15.2", "15.3", "15.1", "15.1", None, "44", "25", "49"),
    "MOE": ("18", "16.2.2", "16.2.1", "16.2.3", "16.2.4", "16.1", "30", "26", "35"),
}
PARTIES = {"Travaux": ("maitre-ouvrage", "titulaire"), "MOE": ("maitre-ouvrage", "maitre-oeuvre")}


@pytest.mark.parametrize("sigle", CCAG)
def test_ccag_maps_follow_the_numbering(sigle: str) -> None:
    content = read(RULES / "ccag" / f"{sigle}.yaml")
    n, cap, exemption, delay, contradictory, general, fault, review, disputes = CCAG[sigle]
    assert content["articles"] == {
        "clause": f"{n}.1",
        "publics": f"{n}.1.1",
        "structures": f"{n}.1.1.1",
        "criteres": f"{n}.1.1.2",
        "modalites": f"{n}.1.2",
        "globalisation": f"{n}.1.3",
        "facilitateur": f"{n}.1.4",
        "missions": f"{n}.1.4.1",
        "transmission": f"{n}.1.4.2",
        "reunions": f"{n}.1.4.3",
        "difficultes": f"{n}.1.4.4",
        "controle": f"{n}.1.4.5",
        "penalites": f"{n}.1.5",
        "plafond_penalites_retard": cap,
        "exoneration_penalites_retard": exemption,
        "derogations": "1.2",
        "groupement": "3.5",
        "sous_traitance": "3.6",
        "priorite_pieces": "4.1",
        "confidentialite": "5.1",
        "donnees_personnelles": "5.2",
    }
    assert content["autres"] == {
        "environnement": f"{n}.2",
        "penalites_retard": delay,
        "contradictoire": contradictory,
        "penalites_generales": general,
        "notification": "3.1",
        "decompte_delais": "3.2",
        "resiliation_faute": fault,
        "reexamen": review,
        "litiges": disputes,
    }
    assert content["sigle"] == f"CCAG-{sigle}"
    assert content["arrete"] == date(2021, 3, 30)
    assert tuple(content["parties"].values()) == PARTIES.get(sigle, ("acheteur", "titulaire"))
    assert [d.isoformat() for d in content["versions"]] == ["2021-04-01", "2021-10-08", "2023-01-01", "2024-07-01"]
    assert content["versions"][date(2024, 7, 1)]["confiance"] == "texte-vu"


def test_parties_are_described() -> None:
    parties = read(RULES / "ccag" / "parties.yaml")["parties"]
    used = {p for s in CCAG for p in read(RULES / "ccag" / f"{s}.yaml")["parties"].values()}
    assert used | {"autorite-concedante", "concessionnaire"} == set(parties)
    assert parties["maitre-oeuvre"]["nom"] == "maître d'œuvre"
    assert {ident for ident, p in parties.items() if p["elision"]} == {"acheteur", "autorite-concedante"}


@pytest.mark.parametrize("path", [*SEUILS, RULES / "calibrage" / "smic.yaml"], ids=name)
def test_cases_hold(path: Path) -> None:
    content = read(path)
    versions, cas = content["versions"], content["cas"]
    for case in cas:
        found = in_force(versions, case["le"])
        assert (found["valeur"] if found else None) == case["attendu"], case
    days = {case["le"] for case in cas}
    for first in versions:
        assert {first, first - timedelta(days=1)} <= days, f"no case around {first}"


@pytest.mark.parametrize("path", SEUILS, ids=name)
def test_parameters_do_not_outlive_their_source(path: Path) -> None:
    for day, version in read(path)["versions"].items():
        if version != "fin":
            assert in_force(SOURCES[version["source"]]["versions"], day) is not None


EUROPEAN = {
    "europeen-fs-autorites-centrales": (144000, 139000, 140000, 143000, 140000),
    "europeen-fs-autres-pouvoirs-adjudicateurs": (221000, 214000, 215000, 221000, 216000),
    "europeen-fs-entites-adjudicatrices": (443000, 428000, 431000, 443000, 432000),
    "europeen-fs-defense-securite": (443000, 428000, 431000, 443000, 432000),
    "europeen-travaux": (5548000, 5350000, 5382000, 5538000, 5404000),
    "europeen-concessions": (5548000, 5350000, 5382000, 5538000, 5404000),
}


@pytest.mark.parametrize("ident", EUROPEAN)
def test_european_thresholds(ident: str) -> None:
    versions = read(RULES / "seuils" / f"{ident}.yaml")["versions"]
    values = [in_force(versions, date(year, 6, 1))["valeur"] for year in (2019, 2021, 2023, 2025, 2027)]
    assert tuple(values) == EUROPEAN[ident]
    assert in_force(versions, date(2028, 1, 1)) is None


NATIONAL = {
    "services-sociaux-pouvoirs-adjudicateurs": 750000,
    "services-sociaux-entites-adjudicatrices": 1000000,
    "dispense-fs": 60000,
    "dispense-travaux": 100000,
    "ecrit": 25000,
    "petits-lots-fs": 80000,
    "petits-lots-travaux": 1000000,
    "petits-lots-cumul": 20,
    "donnees-essentielles": 40000,
    "spaser": 50000000,
    "proportion-reservee": 50,
    "duree-max-ess": 36,
    "carence-ess": 3,
    "aci-recettes": 30,
    "duree-travaux-courts": 6,
    "comptage-embauche": 2,
}


def test_national_values_today() -> None:
    today = {p.stem: in_force(read(p)["versions"], VERIFIED_LATEST)["valeur"] for p in SEUILS if p.stem not in EUROPEAN}
    assert today == NATIONAL
    assert {read(p)["unite"] for p in SEUILS} == {"euros-ht", "pour-cent", "ans", "mois"}


SMIC = [
    ("2021-01-01", "10.25"),
    ("2021-10-01", "10.48"),
    ("2022-01-01", "10.57"),
    ("2022-05-01", "10.85"),
    ("2022-08-01", "11.07"),
    ("2023-01-01", "11.27"),
    ("2023-05-01", "11.52"),
    ("2024-01-01", "11.65"),
    ("2024-11-01", "11.88"),
    ("2026-01-01", "12.02"),
    ("2026-06-01", "12.31"),
]


def test_smic_history() -> None:
    versions = read(RULES / "calibrage" / "smic.yaml")["versions"]
    assert [(day.isoformat(), version["valeur"]) for day, version in versions.items()] == SMIC


def test_hourly_cost_cases() -> None:
    smic = read(RULES / "calibrage" / "smic.yaml")["versions"]
    cost = read(RULES / "calibrage" / "parametres.yaml")["cout_horaire"]
    for case in cost["cas"]:
        raw = Decimal(in_force(smic, case["le"])["valeur"]) * Decimal(cost["multiple_smic"])
        assert raw.quantize(Decimal(1), ROUND_HALF_UP) == case["attendu"]


def test_training_scale() -> None:
    content = read(RULES / "calibrage" / "bareme-formation.yaml")
    for case in content["cas"]:
        brackets = [t["heures"] for t in content["tranches"] if t["a_partir_de_ht"] <= case["montant_ht"]]
        assert brackets[-1] == case["attendu"]
    assert [t["heures"] for t in content["tranches"]] == content["volumes"] == [150, 300, 450, 900]


SECTEURS = """vrd demolition gros-oeuvre charpente-metallique charpente-bois-couverture menuiseries-exterieures
platrerie-cloisons peinture-sols electricite cvc-plomberie ascenseurs batiment-tous-corps-etat infrastructure nettoyage
gardiennage-accueil espaces-verts restauration-collective dechets transport-demenagement maintenance impression
informatique etudes-maitrise-oeuvre fournitures""".split()
SEEN = {"peinture-sols": "0.70", "gros-oeuvre": "0.50", "charpente-metallique": "0.20"}


def secteurs() -> dict[str, dict[str, Any]]:
    content: dict[str, dict[str, Any]] = read(RULES / "calibrage" / "secteurs.yaml")["secteurs"]
    return content


def test_every_secteur_is_there() -> None:
    assert sorted(secteurs()) == sorted(SECTEURS)


@pytest.mark.parametrize("ident", SECTEURS)
def test_default_share_is_seen_or_the_middle(ident: str) -> None:
    entry = secteurs()[ident]
    low, high = (Decimal(x) for x in entry["fourchette"])
    share = Decimal(entry["part_main_oeuvre"])
    assert low <= share <= high
    assert entry["vue"] is (ident in SEEN)
    if ident in SEEN:
        assert share == Decimal(SEEN[ident])
    elif entry.get("confiance") != "analyse":
        assert share == (low + high) / 2


def test_no_cpv_prefix_twice() -> None:
    prefixes = [p for entry in secteurs().values() for p in entry["cpv"]]
    assert len(prefixes) == len(set(prefixes))
    assert all(re.fullmatch(r"\d{2,8}", p) for p in prefixes)


CPV = {
    "45212220": "batiment-tous-corps-etat",
    "45261210": "charpente-bois-couverture",
    "45262522": "gros-oeuvre",
    "45262660": "demolition",
    "45111100": "demolition",
    "45112500": "vrd",
    "45233140": "vrd",
    "45234100": "infrastructure",
    "45221100": "infrastructure",
    "45240000": "infrastructure",
    "45223210": "charpente-metallique",
    "45311200": "electricite",
    "45313100": "ascenseurs",
    "45331100": "cvc-plomberie",
    "45332400": "cvc-plomberie",
    "45410000": "platrerie-cloisons",
    "45421152": "platrerie-cloisons",
    "45421132": "menuiseries-exterieures",
    "45432111": "peinture-sols",
    "45442100": "peinture-sols",
    "90911200": "nettoyage",
    "90610000": "nettoyage",
    "77310000": "espaces-verts",
    "79713000": "gardiennage-accueil",
    "55524000": "restauration-collective",
    "90511000": "dechets",
    "60100000": "transport-demenagement",
    "98392000": "transport-demenagement",
    "50750000": "maintenance",
    "79810000": "impression",
    "72230000": "informatique",
    "71240000": "etudes-maitrise-oeuvre",
    "39100000": "fournitures",
    "98311000": None,
    "85311000": None,
    "80500000": None,
}


@pytest.mark.parametrize("code", CPV)
def test_longest_prefix_names_the_secteur(code: str) -> None:
    found = [(len(p), ident) for ident, entry in secteurs().items() for p in entry["cpv"] if code.startswith(p)]
    assert (max(found)[1] if found else None) == CPV[code]


def test_prefixes_exist_in_the_real_list() -> None:
    data = os.environ.get("CLAUSEGEN_DONNEES")
    if not data:
        pytest.skip("CLAUSEGEN_DONNEES is not set")
    lines = (Path(data) / "cpv" / "cpv_2008_fr_en.tsv").read_text(encoding="utf-8").splitlines()
    codes = {line.split("\t")[0] for line in lines[1:]}
    for entry in secteurs().values():
        for prefix in entry["cpv"]:
            assert any(code.startswith(prefix) for code in codes), prefix


def test_reperes_give_the_printed_ratio() -> None:
    content = read(RULES / "calibrage" / "reperes.yaml")
    assert [r["id"] for r in content["reperes"]] == [f"V{n}" for n in range(1, 14)]
    for repere in content["reperes"]:
        ratio = repere.get("ratio")
        hours = ratio["heures"] if ratio else repere["heures"]
        amount = Decimal(ratio["montant_ht"] if ratio else repere["montant"])
        assert abs(Decimal(hours) * 100000 / amount - repere["heures_par_100000"]) <= Decimal("0.6"), repere["id"]
        assert repere.get("secteur") in {None, *SECTEURS}


PUBLICS = {
    "structures": "secteur-adapte iae regie-quartier epide-e2c geiq sous-main-de-justice".split(),
    "criteres": """deld rsa travailleurs-handicapes minima-sociaux jeunes-moins-26 seniors jeunes-pacea-sma-smv qpv
        refugies orientation-motivee""".split(),
}


def test_sixteen_publics_in_the_order_of_the_ccag() -> None:
    publics = read(RULES / "publics" / "publics.yaml")["publics"]
    placed = {ident: (entry["article"], entry["lettre"]) for ident, entry in publics.items()}
    letters = "abcdefghij"
    assert placed == {i: (art, letters[n]) for art, ids in PUBLICS.items() for n, i in enumerate(ids)}
    for entry in publics.values():
        if "versions" in entry:
            assert entry["versions"][max(entry["versions"])]["libelle"] == entry["libelle"]


def test_modalites_and_structures_agree() -> None:
    modalites = read(RULES / "publics" / "modalites.yaml")["modalites"]
    structures = read(RULES / "publics" / "structures.yaml")["structures"]
    assert list(modalites) == ["embauche-directe", "mise-a-disposition", "sous-traitance-cotraitance"]
    assert set(structures) == set("EI ETTI AI ACI EITI EA EATT ESAT TIH GEIQ regie EBE prison ESS ETT".split())
    for ident, entry in structures.items():
        listed = [m for m, content in modalites.items() if ident in content["structures"]]
        assert listed == ([entry["modalite"]] if entry["modalite"] else [])


@pytest.mark.parametrize(("ident", "last"), [("EITI", date(2026, 12, 22)), ("EBE", date(2026, 12, 31))])
def test_experiments_end(ident: str, last: date) -> None:
    versions = read(RULES / "publics" / "structures.yaml")["structures"][ident]["versions"]
    assert in_force(versions, last) is not None
    assert in_force(versions, last + timedelta(days=1)) is None


@pytest.mark.parametrize(
    ("ident", "first", "before", "after"),
    [
        ("france-travail", date(2024, 1, 1), "Pôle emploi", "France Travail"),
        (
            "esat",
            date(2023, 12, 20),
            "établissement et service d'aide par le travail",
            "établissement et service d'accompagnement par le travail",
        ),
        ("cej", date(2022, 3, 1), "Garantie jeunes", "contrat d'engagement jeune"),
    ],
)
def test_names_change_on_their_day(ident: str, first: date, before: str, after: str) -> None:
    versions = read(RULES / "noms" / "noms.yaml")["noms"][ident]["versions"]
    assert in_force(versions, first - timedelta(days=1))["nom"] == before
    assert in_force(versions, first)["nom"] == after


def test_outdated_names_name_known_successors() -> None:
    noms = read(RULES / "noms" / "noms.yaml")["noms"]
    assert set(noms) == {"france-travail", "dreets", "ddets", "esat", "cej", "eatt", "comite-emploi"}
    for entry in read(RULES / "noms" / "perimes.yaml")["perimes"].values():
        assert entry["termes"]
        if "nom" in entry and entry["depuis"]:
            assert entry["depuis"] in noms[entry["nom"]]["versions"]


DEFAUTS = {
    "insertion.publics": "ccag",
    "insertion.modalites": "toutes",
    "insertion.globalisation": True,
    "insertion.transmission": "trimestrielle",
    "insertion.jour_transmission": 15,
    "insertion.reunion_mise_au_point_jours": 15,
    "insertion.contact_jours": 15,
    "insertion.validation_jours_ouvres": 5,
    "insertion.validateur": "facilitateur",
    "insertion.comptage_embauche_ans": 2,
    "insertion.penalites.mise_en_demeure_jours": 15,
    "insertion.penalites.heure_non_realisee": 60,
    "insertion.penalites.absence_reunion": 150,
    "insertion.penalites.document": {"montant": 50, "par": "document"},
    "insertion.penalites.hors_plafond_ccag": True,
    "facilitateur.convention.preavis_mois": 3,
    "facilitateur.conservation_mois": 24,
}
UNITES = {"euros", "jours", "jours-ouvres", "mois", "ans", "texte", "booleen", "jour-du-mois"}


def test_defaults_are_those_of_the_format() -> None:
    defauts = read(RULES / "defauts.yaml")["defauts"]
    assert {path: entry["valeur"] for path, entry in defauts.items()} == DEFAUTS
    for entry in defauts.values():
        assert entry["unite"] in UNITES
        assert entry["origine"] and entry["question"].endswith("?")


def test_every_key_has_a_question_and_every_parent_too() -> None:
    faits = read(RULES / "faits.yaml")["faits"]
    assert set(DEFAUTS) <= set(faits)
    for path, entry in faits.items():
        assert {"libelle", "question"} <= set(entry) <= {"libelle", "question", "aide", "exemple"}
        assert entry["question"].endswith("?")
        parent = path.rpartition(".")[0].removesuffix("[]")
        assert not parent or parent in faits, path


def test_facilitator_missions_are_quoted_from_the_base() -> None:
    base = {
        citation["texte"]
        for path in (RULES / "citations").glob("*.yaml")
        for citation in read(path)["citations"].values()
    }
    missions = read(RULES / "acteurs" / "facilitateur.yaml")["missions"]
    assert len(missions) == 4
    assert {mission["citation"] for mission in missions} <= base


@pytest.mark.parametrize("path", sorted((RULES / "citations").glob("*.yaml")), ids=name)
def test_only_seen_text_is_quoted(path: Path) -> None:
    places = set(read(RULES / "ccag" / "FCS.yaml")["articles"])
    for ident, citation in read(path)["citations"].items():
        assert citation["confiance"] == "texte-vu", ident
        assert citation.get("place") in {None, *places}
        assert set(citation.get("ccag", ())) <= set(CCAG)
        assert not re.search("[«»*\u00a0\u202f]|\\.\\.$", citation["texte"]), ident


def test_structures_of_actors_are_known() -> None:
    structures = set(read(RULES / "publics" / "structures.yaml")["structures"])
    noms = set(read(RULES / "noms" / "noms.yaml")["noms"])
    for entry in read(RULES / "acteurs" / "acteurs.yaml")["acteurs"].values():
        assert set(entry.get("structures", ())) <= structures
        assert entry.get("nom") in {None, *noms}
