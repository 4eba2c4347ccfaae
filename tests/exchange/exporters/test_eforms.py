"""The European notice: well formed, valid where it is pasted, in the words of the piece, nothing where nothing is known."""

import copy
import json
import re

import pytest
from lxml import etree

from clausegen.errors import ClausegenError
from clausegen.french.typography import plain
from clausegen.workflow.notices import exporter
from tests.exchange.exporters.conftest import CRITERE

CLAUSE = {"dispositif": "clause", "heures": 420}
BOTH = {"dispositif": "clause-et-critere", "heures": 420}
NS = {
    "n": "urn:oasis:names:specification:ubl:schema:xsd:ContractNotice-2",
    "cac": "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
    "cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
    "efbc": "http://data.europa.eu/p27/eforms-ubl-extension-basic-components/1",
}
LOT = "/n:ContractNotice/cac:ProcurementProjectLot"
EXECUTION = "cac:TenderingTerms/cac:ContractExecutionRequirement[cbc:ExecutionRequirementCode/@listName='{}']"
ADDITIONAL = "cac:ProcurementProject/cac:ProcurementAdditionalType[cbc:ProcurementTypeCode/@listName='{}']"
CRITERION = "cac:TenderingTerms/cac:AwardingTerms/cac:AwardingCriterion/cac:SubordinateAwardingCriterion"
# The paths of the dictionary, typed by hand from it.
PATHS = {
    "BT-71": "cac:TenderingTerms/cac:TendererQualificationRequest/cac:SpecificTendererRequirement"
    "/cbc:TendererRequirementTypeCode[@listName='reserved-procurement']",
    "BT-736": EXECUTION.format("reserved-execution") + "/cbc:ExecutionRequirementCode",
    "OPT-060": EXECUTION.format("conditions") + "/cbc:ExecutionRequirementCode",
    "BT-70": EXECUTION.format("conditions") + "/cbc:Description",
    "BT-06": ADDITIONAL.format("strategic-procurement") + "/cbc:ProcurementTypeCode",
    "BT-777": ADDITIONAL.format("strategic-procurement") + "/cbc:ProcurementType",
    "BT-775": ADDITIONAL.format("social-objective") + "/cbc:ProcurementTypeCode",
    "BT-539": CRITERION + "/cbc:AwardingCriterionTypeCode[@listName='award-criterion-type']",
    "BT-734": CRITERION + "/cbc:Name",
    "BT-540": CRITERION + "/cbc:Description",
    "BT-5421": CRITERION + "//efbc:ParameterCode[@listName='number-weight']",
    "BT-541": CRITERION + "//efbc:ParameterNumeric",
}
TEXTS = ("BT-70", "BT-777", "BT-734", "BT-540")
BLOCKS = ("TendererQualificationRequest", "ContractExecutionRequirement", "ProcurementAdditionalType")
SOCIAL = ("reserved-procurement", "reserved-execution", "conditions", "strategic-procurement", "social-objective")


def read(export):
    return etree.fromstring(export.texte.encode())


def fields(tree, numero=1):
    """Return the social fields of a lot, by the paths of the dictionary."""
    lot = tree.xpath(f"{LOT}[cbc:ID='LOT-{numero:04d}']", namespaces=NS)[0]
    found = {champ: lot.xpath(path, namespaces=NS) for champ, path in PATHS.items()}
    assert all(len(nodes) < 2 for nodes in found.values()), "each field once a lot"
    return {champ: nodes[0].text for champ, nodes in found.items() if nodes}


def comments(tree):
    return [plain(node.text) for node in tree.iter(etree.Comment)]


def social_blocks(lot):
    """Return the blocks of a lot that hold social codes, whatever stands around them."""
    return [b for b in lot.iter("{*}" + "*") if etree.QName(b).localname in BLOCKS and _names(b) & set(SOCIAL)]


def _names(block):
    return {node.get("listName") for node in block.iter("{*}*") if node.get("listName")}


def test_every_field_stands_where_the_dictionary_says(marches):
    tree = read(marches.exporter("eforms", [BOTH, CLAUSE], insertion={"critere": CRITERE}))
    found = fields(tree)
    assert list(found) == list(PATHS)
    assert {c: found[c] for c in ("BT-71", "BT-736", "OPT-060", "BT-06", "BT-775", "BT-539", "BT-5421")} == {
        "BT-71": "none",
        "BT-736": "no",
        "OPT-060": "performance",
        "BT-06": "soc-obj",
        "BT-775": "opp",
        "BT-539": "quality",
        "BT-5421": "per-exa",
    }
    assert found["BT-541"] == "12.5"
    assert plain(found["BT-540"]) == "Encadrement & tutorat <interne> (6,5 %) ; Formation (6 %)"
    assert "420 heures d'insertion" in plain(found["BT-70"]) and "notées" not in found["BT-70"]
    for champ in TEXTS:
        node = tree.xpath(f"{LOT}[1]/{PATHS[champ]}", namespaces=NS)[0]
        assert node.get("languageID") == "FRA"


@pytest.mark.parametrize(
    ("dispositif", "code"),
    [("reserve-handicap", "res-ws"), ("reserve-iae", "res-ws"), ("reserve-handicap-iae", "res-ws"), ("clause", "none")],
)
def test_protected_workshop_is_told_for_a_reservation_only(marches, dispositif, code):
    lot = {"dispositif": dispositif} | ({"heures": 420} if dispositif == "clause" else {})
    found = fields(read(marches.exporter("eforms", [lot, CLAUSE])))
    assert found["BT-71"] == code and found["BT-736"] == "no"


def test_words_are_those_of_the_piece(marches):
    examen = marches.examen([BOTH, {"dispositif": "reserve-iae"}], insertion={"critere": CRITERE})
    tree = read(exporter(examen, "eforms"))
    words = {}
    for token in examen.textes["rc"].tokens:
        if token.type == "inline":
            words.setdefault("rc", []).append("".join(t.content for t in token.children))
    rules = plain(" ".join(words["rc"]))
    reserved = plain(fields(tree, 2)["BT-777"])
    assert "articles" not in reserved and "article L. 2113-13 du code" in reserved
    assert reserved in rules, "the same sentence as in the rules of the consultation"


def test_undecided_lot_has_a_question_and_no_code(marches):
    export = marches.exporter("eforms", [{"dispositif": "auto"}, CLAUSE], cpv=None, nature=None)
    tree = read(export)
    assert fields(tree, 1) == {} and fields(tree, 2)["BT-06"] == "soc-obj"
    assert any("dispositif à préciser" in text for text in comments(tree))
    asked = next(d for d in export.constats if d.code == "A104")
    assert str(asked.niveau) == "question" and asked.chemin == "lots[0].dispositif" and asked.ligne


def test_objective_of_other_conditions_is_left_to_choose(marches):
    export = marches.exporter("eforms", [{"dispositif": "aucun", "autres_conditions_sociales": ["Égalité"]}, CLAUSE])
    tree = read(export)
    assert "BT-775" not in fields(tree, 1) and fields(tree, 1)["BT-06"] == "soc-obj"
    assert any("BT-775" in text and "gen-eq" in text for text in comments(tree))
    assert [d.code for d in export.constats] == ["A102"]


def test_unknown_weight_is_no_number(marches):
    export = marches.exporter("eforms", [{"dispositif": "critere", "aucun_motif": "lien-insuffisant"}, CLAUSE])
    tree = read(export)
    assert "BT-541" not in fields(tree) and "BT-5421" not in fields(tree) and fields(tree)["BT-539"] == "quality"
    assert any("poids à préciser" in text for text in comments(tree))
    assert "insertion.critere.ponderation" in {d.chemin for d in export.constats if d.code == "A105"}


def test_contest_notice_has_neither_reservation_nor_condition(marches):
    export = marches.exporter("eforms", [CLAUSE, CLAUSE], procedure="concours", ccag="MOE")
    tree = read(export)
    assert set(fields(tree)) == {"BT-06", "BT-777", "BT-775"}
    assert "23" in tree.xpath("//cbc:SubTypeCode/text()", namespaces=NS)
    assert any("Champs interdits" in text and "BT-71" in text and "BT-70" in text for text in comments(tree))


@pytest.mark.parametrize(
    ("changes", "sous_type"),
    [
        ({}, "16"),
        ({"regime": "defense-securite"}, "18"),
        ({"acheteur": {"categorie": "entite-adjudicatrice"}}, "17"),
        ({"acheteur": {"categorie": "entite-adjudicatrice"}, "procedure": "concours"}, "24"),
        ({"contrat": "concession", "procedure": "concession", "ccag": "aucun"}, "19"),
        ({"contrat": "marche-partenariat", "ccag": "aucun", "procedure": "dialogue-competitif"}, "16"),
        ({"regime": "livre-v"}, "16"),
    ],
)
def test_form_of_the_notice(marches, changes, sous_type):
    tree = read(marches.exporter("eforms", [CLAUSE], **changes))
    assert tree.xpath("//cbc:SubTypeCode/text()", namespaces=NS) == [sous_type]


def test_notice_that_wants_a_condition_for_each_lot_asks_for_it(marches):
    lots = [CLAUSE, {"dispositif": "aucun", "aucun_motif": "lien-insuffisant", "aucun_justification": "Rien."}]
    export = marches.exporter("eforms", lots, acheteur={"categorie": "entite-adjudicatrice"})
    asked = [d for d in export.constats if d.code == "A103"]
    assert [d.chemin for d in asked] == ["lots[1].dispositif"] and "OPT-060 et BT-70" in asked[0].message


def test_without_publicity_there_is_no_notice(marches):
    with pytest.raises(ClausegenError, match="sans publicité"):
        marches.exporter("eforms", [CLAUSE], procedure="sans-publicite")


def test_below_the_threshold_the_notice_is_not_compulsory(marches):
    export = marches.exporter("eforms", [CLAUSE | {"valeur_estimee_ht": 100000}], valeur_estimee_ht=100000)
    assert "A113" in {d.code for d in export.constats}


def test_too_long_a_text_is_told(marches):
    parts = [{"intitule": f"{n} {'très long intitulé ' * 20}", "ponderation": 1, "elements": "x"} for n in range(20)]
    export = marches.exporter("eforms", [BOTH], insertion={"critere": {"ponderation": 20, "sous_criteres": parts}})
    assert [("BT-540" in d.message, str(d.niveau)) for d in export.constats if d.code == "A101"] == [
        (True, "avertissement")
    ]


def test_too_long_a_title_is_left_to_the_buyer(marches):
    export = marches.exporter("eforms", [CLAUSE | {"intitule": "x" * 401}, CLAUSE], objet="y" * 400)
    tree = read(export)
    names = tree.xpath("//cac:ProcurementProject/cbc:Name/text()", namespaces=NS)
    assert names == ["y" * 400, "Secteur 2"]
    assert [d.chemin for d in export.constats if d.code == "A101"] == ["lots[0].intitule"]


def test_hostile_words_stay_words(marches):
    lots = [CLAUSE | {"intitule": "--> <x/> & ]]> « é » --"}, CLAUSE]
    tree = read(marches.exporter("eforms", lots, objet="A <b> & c -- d"))
    names = tree.xpath("//cac:ProcurementProject/cbc:Name/text()", namespaces=NS)
    assert names[:2] == ["A <b> & c -- d", "--> <x/> & ]]> « é » --"]


def test_same_market_same_bytes(marches):
    first = marches.exporter("eforms", [BOTH, CLAUSE], insertion={"critere": CRITERE})
    assert first == marches.exporter("eforms", [BOTH, CLAUSE], insertion={"critere": CRITERE})


def schema(donnees):
    return etree.XMLSchema(etree.parse(donnees / "eforms/schemas/maindoc/UBL-ContractNotice-2.3.xsd"))


def test_examples_validate(donnees, exemples):
    xsd = schema(donnees)
    for examen in exemples():
        xsd.assertValid(read(exporter(examen, "eforms")))


def test_codes_are_those_of_the_lists(donnees, exemples):
    lists = json.loads((donnees / "eforms/codelists/eforms_codelists_fr.json").read_text(encoding="utf-8"))["codelists"]
    lists["reserved-execution"] = lists["applicability_reserved-execution"]
    checked = 0
    for examen in exemples():
        for node in read(exporter(examen, "eforms")).iter("{*}*"):
            codes = {entry["code"] for entry in lists.get(node.get("listName"), ())}
            if codes:
                assert node.text in codes, (node.get("listName"), node.text)
                checked += 1
    assert checked > 100


def written(lot):
    return [etree.tostring(b, method="c14n", exclusive=True, with_tail=False) for b in social_blocks(lot)]


def paste(lot, source):
    """Put the social fragments of a lot into a lot of another notice, in place of its own, in the schema's order."""
    for block in social_blocks(lot):
        block.getparent().remove(block)
    for criterion in lot.xpath(CRITERION, namespaces=NS):
        criterion.getparent().remove(criterion)
    for block in social_blocks(source):
        _insert(lot, etree.QName(block.getparent()).localname, block)
    for block in source.xpath(CRITERION, namespaces=NS):
        held = lot.xpath("cac:TenderingTerms/cac:AwardingTerms/cac:AwardingCriterion", namespaces=NS)
        if held:
            held[0].append(copy.deepcopy(block))
        else:
            _insert(lot, "TenderingTerms", source.xpath("cac:TenderingTerms/cac:AwardingTerms", namespaces=NS)[0])


# What may not come before each block in its parent, from the schema.
BEFORE = {
    "TendererQualificationRequest": "AllowedSubcontractTerms TenderPreparation",
    "ContractExecutionRequirement": "AwardingTerms",
    "AwardingTerms": "",
    "ProcurementAdditionalType": "RequestedTenderTotal",
}
LATER = {
    "TenderingTerms": "AdditionalInformationParty DocumentProviderParty TenderRecipientParty ContractResponsibleParty "
    "TenderEvaluationParty QualificationRequestRecipientParty TenderValidityPeriod AppealTerms Language PostAwardProcess "
    "SecurityClearanceTerm LotDistribution",
    "ProcurementProject": "MainCommodityClassification AdditionalCommodityClassification RealizedLocation PlannedPeriod "
    "ContractExtension",
}


def _insert(lot, holder, block):
    parent = lot.xpath(f"cac:{holder}", namespaces=NS)[0]
    name = etree.QName(block).localname
    after = set(BEFORE[name].split()) | set(LATER[holder].split())
    if name == "TendererQualificationRequest":
        after |= {"ContractExecutionRequirement", "AwardingTerms"}
    place = next(
        (n for n, child in enumerate(parent.iterchildren("{*}*")) if etree.QName(child).localname in after), None
    )
    children = list(parent.iterchildren("{*}*"))
    made = copy.deepcopy(block)
    if place is None:
        parent.append(made)
    else:
        children[place].addprevious(made)


@pytest.mark.parametrize(
    "name", ["sdk_cn_24_minimal", "sdk_cn_24_open", "sdk_cn_24_maximal", "sdk_cn_24_FRA_comments", "sdk_cn-social_24"]
)
def test_fragments_validate_in_official_notices(donnees, exemples, name):
    xsd, path = schema(donnees), donnees / "eforms/notices" / f"{name}.xml"
    sources = [
        lot
        for examen in exemples()
        for lot in read(exporter(examen, "eforms")).xpath(LOT, namespaces=NS)
        if social_blocks(lot)
    ]
    assert len(sources) > 30
    pasted = 0
    for source in sources:
        notice = etree.parse(path)
        lots = notice.getroot().xpath(f"{LOT}[cbc:ID/@schemeName='Lot']", namespaces=NS)
        for lot in lots:
            paste(lot, source)
            assert written(lot) == written(source)
            pasted += 1
        xsd.assertValid(notice)
    assert pasted >= len(sources)


@pytest.mark.parametrize(
    ("name", "lot", "more"),
    [
        ("exemple_export_clause_sociale", CLAUSE, set()),
        # The example pastes the text of a clause under a reserved lot: without an added condition, we write none.
        ("exemple_export_lot_reserve_esat_ea_siae", {"dispositif": "reserve-handicap-iae"}, {"conditions"}),
        (
            "exemple_export_lot_reserve_esat_ea_siae",
            {"dispositif": "reserve-handicap-iae", "conditions_reserve": ["Maintien de la proportion"]},
            set(),
        ),
    ],
)
def test_same_blocks_as_the_examples_of_export(donnees, marches, name, lot, more):
    def shapes(tree):
        lot = tree.xpath(f"{LOT}[1]", namespaces=NS)[0]
        found = {}
        for block in social_blocks(lot):
            rows = [
                (etree.QName(n).localname, dict(n.attrib), n.text if n.get("listName") else "")
                for n in block.iter("{*}*")
            ]
            found[next(iter(_names(block)))] = rows
        return found

    wanted = shapes(etree.parse(donnees / f"eforms/{name}.xml").getroot())
    written = shapes(read(marches.exporter("eforms", [lot])))
    assert set(wanted) - set(written) == more
    assert {key: rows for key, rows in wanted.items() if key not in more} == written


def test_lengths_are_those_of_the_dictionary(donnees, exemples):
    entries = json.loads((donnees / "eforms/fields_subset.json").read_text(encoding="utf-8"))["fields"]
    longest = {re.sub("-Lot$", "", e["id"]): e["maxLength"] for e in entries if e.get("maxLength")} | {"BT-70": 999}
    for examen in exemples():
        tree = read(exporter(examen, "eforms"))
        for number in range(1, len(examen.dossier.lots) + 1):
            found = fields(tree, number)
            assert all(len(found[champ]) <= longest[champ] for champ in TEXTS if champ in found)
