"""The convention and the note: what they share with the clause, and what a lawyer's reading corrected."""

import pytest

FACILITATEUR = {
    "structure": "PLIE d'Essai",
    "type": "plie",
    "courriel": "clauses@exemple.fr",
    "territoire": "bassin d'Essai",
    "conservation_mois": 24,
    "financeurs": ["FSE+"],
    "logiciel": "tableur partagé",
    "convention": {"donnees_personnelles": "responsables-conjoints", "participation_financiere_ht": 0},
}
CLAUSE = {"dispositif": "clause", "heures": 420, "valeur_estimee_ht": 300000, "perimetre": "Tonte et ramassage"}


@pytest.fixture
def pieces(redige):
    def run(lots=(CLAUSE,), **changes):
        changes = {"facilitateur": FACILITATEUR} | changes
        return redige(list(lots), documents=["ccap", "convention", "note"], **changes)

    return run


def test_delays_and_words_are_those_of_the_clause(pieces):
    found = pieces(contrat="accord-cadre", accord_cadre={"forme": "mixte", "attributaires": "mono"})
    for words in (
        "de la notification du premier bon de commande ou du premier marché subséquent",
        "dans les 15 jours de cette réponse",
        "conservent les données qui désignent une personne, même par un code, 24 mois après la fin du marché",
    ):
        assert words in found.corps("ccap") and words in found.corps("convention"), words
    assert "420 heures, volume indicatif, exigible au prorata des commandes" in found.corps("convention")
    assert "premier bon de commande ou du premier marché subséquent" in found.corps("note")


def test_an_unknown_tie_with_a_structure_is_asked(pieces):
    assert "[à compléter : La structure porte-t-elle ou finance-t-elle" in pieces().corps("convention")
    denied = pieces(facilitateur=FACILITATEUR | {"gere_siae": False}).corps("convention")
    assert "La structure déclare ne porter ni financer" in denied and "porte-t-elle" not in denied


def test_the_tools_own_figures_are_choices(pieces):
    found = pieces()
    assert found.notes("convention").count("aucun texte ne l") >= 6
    assert "EUR-Lex" in found.notes("convention")
    for letters in ("cinq ans", "vingt-quatre heures", "deux mois"):
        assert letters not in found.corps("convention")
    assert "règlement (UE) 2016/679 du 27 avril 2016" in found.corps("convention")
    assert "sexe, âge, résidence en quartier prioritaire" in found.corps("convention")
    assert "financeurs de la structure (FSE+)" in found.corps("convention")


def test_a_report_speaks_of_shared_hours_only_when_they_are_admitted(pieces):
    shared = "heures globalisées avec d'autres marchés"
    assert shared in pieces().corps("convention")
    assert shared not in pieces(insertion={"globalisation": False}).corps("convention")


def test_the_programme_does_not_repeat_the_market(pieces):
    row = {"objet": "Voirie", "heures": 500, "date_lancement": "2027-03-01"}
    found = pieces(programme=[row | {"reference": "E-1"}, row | {"reference": "E-2"}])
    assert "E-2 Voirie 500 heures" in found.corps("convention")
    assert "E-1 Voirie" not in found.corps("convention")


def test_no_convention_no_signature_and_no_notice_period(pieces):
    running = FACILITATEUR | {"convention": {"rediger": False}}
    note = pieces(facilitateur=running).corps("note")
    assert "Signer la convention" not in note and "Préavis" not in note
    assert "Vérifier que la convention en cours couvre ce marché" in note
    assert "Signer la convention" in pieces().corps("note") and "Préavis" in pieces().corps("note")


def test_the_note_names_reasons_delays_and_other_conditions(pieces):
    lots = [
        CLAUSE,
        {"dispositif": "aucun", "autres_conditions_sociales": ["égalité"], "valeur_estimee_ht": 1000},
        {"dispositif": "aucun", "aucun_justification": "Aucune main-d'œuvre sur le site.", "valeur_estimee_ht": 1000},
    ]
    note = pieces(lots, valeur_estimee_ht=400000).corps("note")
    assert "Lot n° 2, Secteur 2 Autres conditions sociales d'exécution" in note
    assert "sont écrites au CCAP pour le lot n° 2" in note
    assert "Lot n° 3, faits donnés pour l'absence de condition : Aucune main-d'œuvre sur le site." in note
    assert "CCP, code de la commande publique" in note
    assert "Personnes-mois à 151,67 heures" in note
    assert "Constat de carence 15 jours" in note and "Réponse à une difficulté signalée 15 jours" in note


def test_references_that_share_date_and_mark_share_a_row(pieces):
    rows = [row for row in pieces().lignes("note") if len(row) == 4 and row[3] == "24 novembre 2026"]
    assert len({tuple(row[1:]) for row in rows}) == len(rows) > 5
    assert any("L. 2112-2, L. 2112-2-1" in row[0] for row in rows)


REGIMES = {
    "gratuit": ("à titre gratuit", "ni prix, ni abandon de recettes"),
    "marche": (
        "La convention est donc un marché public de services",
        "inférieure au montant fixé par l'article R. 2122-8",
        "toutes les prestations homogènes de même nature et les reconductions",
        "forfaitaire et ferme",
        "taxe sur la valeur ajoutée s'ajoute au prix, s'il y a lieu,",
        "intérêts moratoires",
    ),
    "quasi-regie": (
        "au sens des articles L. 2511-1 et L. 2511-3",
        "un contrôle analogue à celui qu'il exerce sur ses propres services",
        "plus de 80 % de son activité",
        "pas de participation directe de capitaux privés",
    ),
    "cooperation": (
        "au sens de l'article L. 2511-6",
        "l'un et l'autre pouvoirs adjudicateurs",
        "moins de 20 % des activités",
    ),
}
ROLES = {
    "responsables-conjoints": (
        "responsables conjoints, au sens de l'article 26",
        "Les grandes lignes du présent article",
    ),
    "sous-traitance": (
        "son sous-traitant au sens de la protection des données, selon l'article 28",
        *("Objet Suivi", "Durée Celle de la convention", "Catégories de données", "Instructions.", "Confidentialité."),
        *("Sécurité.", "Sous-traitants ultérieurs.", "Droits des personnes.", "Violation de données. Elle"),
        *("Sort des données.", "Audit."),
    ),
    "responsables-distincts": (
        "chacun responsables de leur propre traitement",
        "Mission d'intérêt public sur laquelle le traitement se fonde",
        "sous la forme la moins identifiante",
    ),
}


def agreed(**convention):
    return FACILITATEUR | {"convention": FACILITATEUR["convention"] | {"duree_mois": 24} | convention}


@pytest.mark.parametrize("regime", REGIMES)
def test_each_financial_regime_says_its_own_words_and_no_other(pieces, regime):
    amount = 0 if regime == "gratuit" else 18000
    found = pieces(facilitateur=agreed(regime_financier=regime, participation_financiere_ht=amount))
    body = found.corps("convention")
    for other, words in REGIMES.items():
        for word in words:
            assert (word in body) is (other == regime), word
    assert ("part annuelle" in body) is (regime in ("quasi-regie", "cooperation"))
    assert ("18 000 € HT pour la durée initiale" in body) is (regime != "gratuit")
    assert body.count("candidats, aux titulaires ou aux personnes en insertion") == 1
    assert "subvention" not in (body + found.notes("convention")).lower()
    assert "60 000" not in body + found.notes("convention")


def test_what_a_financial_regime_supposes_is_asked_not_asserted(pieces):
    for regime, questions in {"marche": 3, "quasi-regie": 5, "cooperation": 6}.items():
        found = pieces(facilitateur=agreed(regime_financier=regime, participation_financiere_ht=18000))
        finances = found.lot("convention", "Dispositions financières")
        assert finances.count("à compléter") == questions, regime
        assert "Choix de rédaction : " in found.notes("convention")
    assert "Proportion et période de calcul à relire" in found.notes("convention")


def test_an_amount_without_a_regime_stays_a_field(pieces):
    body = pieces(facilitateur=agreed(participation_financiere_ht=18000)).corps("convention")
    assert (
        "La participation financière de l'acheteur est de 18 000 € HT. Elle relève du régime suivant : [à compl" in body
    )
    for words in REGIMES.values():
        assert not any(word in body for word in words)


def test_a_nil_amount_is_never_a_price(pieces):
    body = pieces(facilitateur=agreed(regime_financier="marche")).corps("convention")
    assert "Le prix est le suivant : [à compléter" in body and "0 € HT" not in body
    for regime in ("quasi-regie", "cooperation"):
        body = pieces(facilitateur=agreed(regime_financier=regime)).corps("convention")
        assert "ne verse aucune contribution" in body and "part annuelle" not in body


@pytest.mark.parametrize(("reconduction", "repeated"), [(0, False), (1, True)])
def test_a_price_is_repeated_only_if_the_convention_may_be(pieces, reconduction, repeated):
    for regime, words in {"marche": "payée au même prix", "quasi-regie": "porte la même limite"}.items():
        given = agreed(regime_financier=regime, participation_financiere_ht=18000, reconduction=reconduction)
        assert (words in pieces(facilitateur=given).corps("convention")) is repeated


@pytest.mark.parametrize("role", ROLES)
def test_each_role_on_data_says_its_own_words_and_no_other(pieces, role):
    found = pieces(facilitateur=agreed(donnees_personnelles=role))
    body = found.corps("convention")
    for other, words in ROLES.items():
        for word in words:
            assert (word in body) is (other == role), word
    for delay in ("dans les 24 heures", "dans les 5 jours ouvrés"):
        assert delay in body
    assert "au délégué à la protection des données" in found.notes("convention")
    assert "EUR-Lex" in found.notes("convention")


def test_the_clause_and_the_convention_give_the_same_role(pieces):
    shared = {
        "sous-traitance": "son sous-traitant au sens de la protection des données",
        "responsables-distincts": "chacun responsables de leur propre traitement pour le suivi",
    }
    for role, words in shared.items():
        found = pieces(facilitateur=agreed(donnees_personnelles=role))
        for piece in ("ccap", "convention"):
            assert words in found.corps(piece), (role, piece)
            assert "24 mois après la fin du marché" in found.corps(piece)


def test_relays_are_the_only_further_processors_told(pieces):
    relais = [{"structure": "Relais d'Essai", "territoire": "vallée", "courriel": "relais@exemple.fr"}]
    given = agreed(donnees_personnelles="sous-traitance")
    assert "L'acheteur autorise les relais de l'article" in pieces(facilitateur=given | {"relais": relais}).corps(
        "convention"
    )
    assert "Elle ne recrute aucun autre sous-traitant" in pieces(facilitateur=given).corps("convention")


def test_separate_purposes_follow_who_checks(pieces):
    given = agreed(donnees_personnelles="responsables-distincts")
    ours = "Vérifier l'éligibilité sur attestation, contrôler le décompte"
    for checker in ("acheteur", "facilitateur"):
        found = pieces(facilitateur=given, insertion={"validateur": checker})
        assert (ours in found.corps("convention")) is (checker == "acheteur")
        row = next(r for r in found.lignes("convention") if r[0] == "Finalité")
        assert row[2].startswith("Vérifier") is (checker == "facilitateur")


def test_a_processor_with_its_own_funders_is_flagged(pieces):
    given = agreed(donnees_personnelles="sous-traitance")
    flagged = "étranger à une sous-traitance"
    assert flagged in pieces(facilitateur=given).notes("convention")
    assert flagged not in pieces(facilitateur=given | {"financeurs": []}).notes("convention")


@pytest.mark.parametrize("regime", ["quasi-regie", "cooperation"])
def test_a_buyer_that_may_not_be_a_contracting_authority_is_flagged(pieces, regime):
    given = agreed(regime_financier=regime, participation_financiere_ht=18000)
    flagged = "suppose qu'il soit aussi pouvoir adjudicateur"
    assert flagged not in pieces(facilitateur=given).notes("convention")
    acheteur = {"nom": "Régie d'Essai", "categorie": "entite-adjudicatrice"}
    assert flagged in pieces(facilitateur=given, acheteur=acheteur).notes("convention")
