"""The clause: what each variant says, what it must not, and the points that a lawyer's reading corrected."""

import pytest

FACILITATEUR = {
    "structure": "PLIE d'Essai",
    "type": "plie",
    "courriel": "clauses@exemple.fr",
    "telephone": "02 61 91 00 02",
    "accord_le": "2026-11-20",
    "territoire": "bassin d'Essai",
    "conservation_mois": 24,
    "convention": {"donnees_personnelles": "responsables-conjoints"},
}
CLAUSE = {"dispositif": "clause", "heures": 420, "valeur_estimee_ht": 300000, "perimetre": "Tonte et ramassage"}
CRITERE = {"ponderation": 10, "sous_criteres": [{"intitule": "Encadrement", "ponderation": 10}]}
ACCORD_CADRE = {"contrat": "accord-cadre", "accord_cadre": {"forme": "bons-de-commande", "attributaires": "mono"}}
SANS_ACTION = ("réalise une action d'insertion", "heures d'insertion", "Publics éligibles")


@pytest.fixture
def ccap(redige):
    def run(lots, **changes):
        return redige(lots, documents=["ccap"], **({"facilitateur": FACILITATEUR} | changes))

    return run


@pytest.fixture
def corps(ccap):
    return lambda lots, **changes: ccap(lots, **changes).corps("ccap")


def lot(**keys):
    return {"valeur_estimee_ht": 300000, "perimetre": "Tonte et ramassage"} | keys


# The clause of execution (A)


def test_a_lots_own_choices_are_written_for_it_alone(corps):
    own = {
        "publics": ["rsa"],
        "modalites": ["embauche-directe"],
        "globalisation": False,
        "transmission": "mensuelle",
        "validateur": "acheteur",
        "bilan_final": {"mois_apres": 3},
        "comptage_embauche_ans": 4,
        "penalites": {
            "heure_non_realisee": 90,
            "document": {"montant": 80, "par": "jour"},
            "mise_en_demeure_jours": 30,
            "hors_plafond_ccag": False,
        },
    }
    text = corps([CLAUSE, CLAUSE | {"insertion": own}])
    for words in (
        "Pour le lot n° 1, les personnes éligibles sont celles que vise l'article 16.1.1 du CCAG-FCS.",
        "Pour le lot n° 2, les personnes éligibles relèvent notamment de la catégorie suivante",
        "Pour le lot n° 2, par dérogation à l'article 16.1.2 du CCAG-FCS, le titulaire réalise les heures",
        "Pour le lot n° 1, le titulaire transmet au facilitateur",
        "Pour le lot n° 2, le titulaire transmet à l'acheteur, avant la prise de poste, une attestation",
        "Pour le lot n° 2, la globalisation des heures d'insertion n'est pas admise.",
        "Lot n° 1 : périodicité trimestrielle, avant le 15 du mois suivant chaque trimestre civil ; lot n° 2 : périodicité mensuelle",
        "Bilan final (lot n° 2) Facilitateur Acheteur Dans les 3 mois suivant la fin de l'exécution du marché",
        "Pour le lot n° 1, 15 jours au moins avant le terme",
        "une pénalité forfaitaire de 90 € par heure.",
        "par dérogation à l'article 16.1.5 du CCAG-FCS, de 80 € par jour compté depuis l'échéance",
        "Pour le lot n° 2, par dérogation à l'article 16.1.2 du CCAG-FCS, les heures d'une personne embauchée",
        "comptent pendant 4 ans et non deux (le lot n° 2).",
        "Pour les seules pénalités d'insertion du lot n° 1, l'article",
    ):
        assert words in text, words
    assert "60 € (lot n° 1) et 90 €" not in text, "a lot's figures do not stand in the sentence of another"


def test_the_same_choices_name_no_lot(corps):
    text = corps([CLAUSE, CLAUSE])
    assert "Pour le lot" not in text
    assert "Quinze jours au moins avant le terme de la période, de la tranche ou du marché, le titulaire" in text
    assert "Les pénalités du présent article sont dites « pénalités d'insertion »." in text


def test_what_each_party_receives(corps):
    text = corps([CLAUSE])
    assert "Relevé des heures et attestation d'heures Titulaire Facilitateur" in text
    assert "Total des heures de la période, par code Titulaire Acheteur" in text
    assert "Le facilitateur attribue un code à la personne et le communique au titulaire." in text
    assert "L'acheteur et la structure du facilitateur sont responsables conjoints" in text
    assert "24 mois après la fin du marché, puis les effacent. Les bilans et les totaux restent" in text
    alone = corps([CLAUSE], facilitateur=None)
    assert "Relevé des heures et attestation d'heures Titulaire Acheteur" in alone and "par code Titulaire" not in alone
    assert (
        "ne reçoit que l'attestation d'éligibilité sans motif, le relevé par code et l'attestation d'heures." in alone
    )
    assert "Le titulaire attribue le code et garde seul la correspondance." in alone
    assert "l'employeur de la personne. Cette attestation" not in alone, "an employer does not vouch for its own"
    assert "24 mois après la fin du marché, puis les efface." in alone


def test_an_internal_service_and_a_convention_in_force(ccap):
    internal = ccap([CLAUSE], facilitateur=FACILITATEUR | {"type": "interne", "accord_le": None})
    assert "au seul service du facilitateur." in internal.corps("ccap")
    assert "Les autres services de l'acheteur ne reçoivent que" in internal.corps("ccap")
    assert "lettre de mission" in internal.notes("ccap") and "convention" not in internal.notes("ccap")
    assert "S'assurer de l'accord" not in internal.notes("ccap")
    running = ccap([CLAUSE], facilitateur=FACILITATEUR | {"convention": {"rediger": False}})
    assert "vérifier que la convention en cours confie" in running.notes("ccap")
    assert "[à compléter : Qui décide du fichier de suivi" in running.corps("ccap")


def test_relays_stand_behind_one_interlocutor(corps):
    relais = [{"structure": "PLIE voisin", "territoire": "Nord", "courriel": "r@exemple.fr"}]
    text = corps([CLAUSE], facilitateur=FACILITATEUR | {"relais": relais})
    assert "s'adresse à la structure PLIE d'Essai, interlocuteur unique, qui fait intervenir, selon le lieu" in text


def test_self_employed_insertion_follows_the_date(ccap):
    before = ccap([CLAUSE], date_lancement="2026-12-22")
    assert "suppose que ce statut existe encore" in before.corps("ccap")
    assert "22 décembre 2026, d'après une source secondaire" in before.notes("ccap")
    after = ccap([CLAUSE], date_lancement="2026-12-23").corps("ccap")
    assert "n'est pas retenue tant que ce statut n'est pas prorogé" in after
    listed = ccap([CLAUSE], date_lancement="2027-03-01", ccag="aucun").corps("ccap")
    assert "travailleur indépendant handicapé" in listed and "par le travail indépendant" not in listed


@pytest.mark.parametrize(
    ("forme", "base", "words"),
    [
        ("mixte", "commande", "aux bons de commande et aux marchés subséquents qui lui sont notifiés."),
        ("bons-de-commande", "commande", "aux bons de commande qui lui sont notifiés."),
        ("marches-subsequents", "commande", "aux marchés subséquents qui lui sont notifiés."),
        ("mixte", "facture", "aux montants qui lui sont payés."),
    ],
)
def test_each_holder_of_a_framework_answers_for_its_own(corps, forme, base, words):
    ratio = {"par_tranche": {"heures": 35, "montant_ht": 50000, "base": base}}
    text = corps(
        [CLAUSE | {"heures": ratio}],
        contrat="accord-cadre",
        accord_cadre={"forme": forme, "attributaires": "multi"},
    )
    assert f"Chaque titulaire répond des heures qui correspondent {words}" in text
    assert ("factures admises au plus tard 1 mois avant le terme" in text) is (base == "facture")


def test_a_framework_by_periods_never_counts_a_shortfall_twice(corps):
    text = corps([CLAUSE, CLAUSE | {"heures_periodes": [210, 210]}], reconductions=1, **ACCORD_CADRE)
    assert "déduction faite des heures réalisées et de celles qui ont déjà donné lieu à pénalité." in text
    assert "dans les 15 derniers jours d'une période comptent pour la période suivante." in text
    assert "Pour le lot n° 1, la répartition par période est faite au prorata" in text
    assert "Les heures d'une période sont réalisées avant le terme" not in text
    assert "de la notification de l'accord-cadre" in text and "de la notification du premier bon de commande" in text


def test_a_volume_by_period_or_tranche_is_not_firm_as_a_whole(corps):
    assert "Ce volume est un minimum ferme" in corps([CLAUSE])
    assert "est un minimum, exigible période par période" in corps([CLAUSE], reconductions=1)
    tranches = [
        {"code": "TF", "type": "ferme", "montant_ht": 200000, "duree_mois": 12, "heures": 280},
        {"code": "TO", "type": "optionnelle", "montant_ht": 100000, "duree_mois": 12, "heures": 140},
    ]
    text = corps([{k: v for k, v in CLAUSE.items() if k != "heures"} | {"tranches": tranches}])
    assert "est un minimum, exigible tranche par tranche" in text
    assert "qu'après l'affermissement de cette tranche" in text


@pytest.mark.parametrize(
    ("mois", "controle", "annuel"),
    [
        (24, "à mi-parcours du marché et 3 mois avant son terme", True),
        (12, "à mi-parcours du marché et 3 mois avant son terme", False),
        (6, "à mi-parcours du marché et 1 mois avant son terme", False),
        (2, "à mi-parcours du marché.", False),
    ],
)
def test_controls_and_reports_fit_the_duration(corps, mois, controle, annuel):
    text = corps([CLAUSE], duree_mois=mois)
    assert controle in text
    assert ("Bilan annuel" in text) is annuel
    assert "Bilan final" in text


def test_an_early_end_still_leaves_time_to_justify(corps):
    text = corps([CLAUSE])
    assert "La décision de résiliation ou d'arrêt vaut terme ; la mise en demeure l'accompagne" in text


def test_difficulties_tell_where_delays_start(corps):
    text = corps([CLAUSE])
    assert "lui répond par écrit dans les 15 jours du signalement." in text
    assert "dresse, dans les 15 jours de cette réponse, un constat de carence écrit." in text


def test_without_a_ccag_delays_are_counted_and_none_is_named(corps):
    text = corps([CLAUSE], ccag="aucun")
    assert "Les délais du présent article se comptent en jours calendaires" in text
    assert "CCAG-" not in text and "dérogation" not in text
    assert "jours calendaires" not in corps([CLAUSE])


def test_the_last_article_takes_the_buyers_number(ccap):
    known = ccap([CLAUSE], pieces={"ccap": {"article": 12, "dernier_article": 20}})
    assert "\n## 20\\. Dérogations" in known.markdown["ccap"] or "\n## 20. Dérogations" in known.markdown["ccap"]
    assert "son numéro est à reprendre" not in known.notes("ccap")
    unknown = ccap([CLAUSE], pieces={"ccap": {"article": 12}})
    assert "son numéro est à reprendre" in unknown.notes("ccap")


def test_a_cap_left_as_it_is_gets_a_comment(ccap):
    text = ccap([CLAUSE], insertion={"penalites": {"hors_plafond_ccag": False}})
    assert "ne visent que les retards ; rien n'est dit des pénalités d'insertion" in text.notes("ccap")
    assert "14.1.2" not in text.corps("ccap")


def test_an_unread_version_of_the_ccag_is_said(ccap):
    assert "Rédaction en vigueur à cette date non lue" in ccap([CLAUSE], date_lancement="2022-05-02").notes("ccap")
    assert "Rédaction en vigueur à cette date non lue" not in ccap([CLAUSE]).notes("ccap")


# The other conditions (F)


@pytest.mark.parametrize(
    ("changes", "ground"),
    [
        ({}, "articles L. 2112-2, L. 2112-2-1 et L. 2112-3 du code de la commande publique"),
        ({"valeur_estimee_ht": 90000}, "articles L. 2112-2 et L. 2112-3 du code de la commande publique"),
        ({"regime": "defense-securite"}, "articles L. 2312-1-1 et R. 2312-4 du code de la commande publique"),
    ],
)
def test_other_conditions_have_grounds_and_three_questions(corps, changes, ground):
    text = corps([lot(dispositif="aucun", autres_conditions_sociales=["égalité professionnelle"])], **changes)
    assert f"liées à l'objet du marché et prévues en application des {ground}." in text
    for question in ("Quelle preuve ?", "Quelle échéance ?", "Quelle pénalité, en euros ?"):
        assert question in text
    assert "restée sans effet pendant 15 jours" in text
    assert not [words for words in SANS_ACTION if words in text]


def test_lots_with_other_conditions_are_concerned(corps):
    lots = [CLAUSE, lot(dispositif="aucun", autres_conditions_sociales=["égalité"]), lot(dispositif="aucun")]
    text = corps(lots)
    assert "Lots concernés Lot n° 1, Secteur 1 ; lot n° 2, Secteur 2 12." in text.replace("## ", "")


# The offer's commitment (B)


def test_a_criterion_alone_commits_the_offer(ccap):
    pieces = ccap([lot(dispositif="critere")], insertion={"critere": CRITERE})
    text = pieces.corps("ccap")
    assert "Le titulaire réalise une action d'insertion." in text
    assert "au titre du critère d'attribution, en application de l'article L. 2152-7" in text
    assert "Porté à l'annexe n° 3 à l'acte d'engagement, il a valeur contractuelle." in text
    assert "Ensemble du marché Selon l'offre" in text
    assert "Le volume est celui que le titulaire a inscrit à l'annexe n° 3 à l'acte d'engagement." in text
    assert "Cette action est une condition d'exécution" not in text
    assert "L. 2112-2-1" not in text
    assert "L'article 12.12 du présent CCAP déroge à l'article 16.1.5 du CCAG-FCS." in text
    assert "ne vaut pas condition d'exécution" in pieces.notes("ccap")


def test_clause_and_criterion_are_told_apart_by_lot(corps):
    text = corps([CLAUSE, lot(dispositif="critere")], insertion={"critere": CRITERE})
    assert "Pour le lot n° 1, cette action est une condition d'exécution du marché" in text
    assert "Pour le lot n° 2, cette action est l'engagement que le titulaire a pris dans son offre" in text
    both = corps([CLAUSE | {"dispositif": "clause-et-critere"}], insertion={"critere": CRITERE})
    assert "Cette action est une condition d'exécution" in both
    assert "en sus du volume du tableau s'y ajoutent et deviennent exigibles." in both


# Reserved lots (C)


@pytest.mark.parametrize(
    ("dispositif", "article", "words"),
    [
        ("reserve-handicap", "L. 2113-12", "50 % de travailleurs handicapés dans son effectif"),
        ("reserve-iae", "L. 2113-13", "50 % de travailleurs défavorisés dans son effectif"),
        ("reserve-handicap-iae", "L. 2113-14", "50 % de travailleurs du régime qu'il invoque dans son effectif"),
        ("reserve-penitentiaire", "L. 2113-13-1", "50 % de personnes détenues parmi celles qu'il emploie"),
    ],
)
def test_a_reserved_lot_keeps_what_its_conditions_say(corps, dispositif, article, words):
    text = corps([lot(dispositif=dispositif, conditions_reserve=["un encadrant pour dix travailleurs"])])
    assert "Conditions d'exécution du marché réservé" in text
    assert article in text and words in text
    assert "un encadrant pour dix travailleurs." in text
    assert "condition d'exécution du marché, liée à son objet, prévue en application des articles L. 2112-2" in text
    assert "un état de ses effectifs, en nombre seulement." in text
    assert "[à compléter : Quelle pénalité, en euros, si la proportion" in text
    assert not [found for found in SANS_ACTION if found in text]


def test_a_reservation_alone_adds_no_condition(ccap):
    pieces = ccap([lot(dispositif="reserve-handicap")])
    text = pieces.corps("ccap")
    assert "Aucune autre condition d'exécution ne s'ajoute à la réservation." in text
    assert "maintient, pendant toute l'exécution" not in text and "encourt" not in text
    assert "Formule conseillée, même sous le seuil" in pieces.notes("ccap")
    assert "Sans objet." in text.rpartition("Dérogations")[2]


def test_hours_beside_a_reservation_follow_the_clause(corps):
    text = corps([lot(dispositif="reserve-iae", heures_complementaires=200)])
    assert "Le titulaire réalise une action d'insertion." in text
    assert (
        "Le titulaire réalise en outre 200 heures d'insertion, dans les conditions des articles 12.3 à 12.13." in text
    )
    assert "Ensemble du marché 200 heures" in text


def test_prison_labour_tells_no_judicial_fact(corps):
    text = corps([lot(dispositif="reserve-penitentiaire")])
    assert "[à compléter : Dans quel établissement pénitentiaire" in text
    assert "Aucune donnée relative à la situation pénale d'une personne n'est transmise à l'acheteur." in text
    assert "structures équivalentes" not in text


def test_social_economy_asks_for_a_condition(corps):
    text = corps(
        [lot(dispositif="reserve-ess", cpv="85312100", mission_service_public="L'accueil de jour")], duree_mois=36
    )
    assert "La durée du marché n'excède pas 36 mois" in text and "dans les 3 années qui précèdent" in text
    assert "[à compléter : Quelle condition sociale le titulaire du lot réservé" in text
    assert "50 %" not in text


# Training (D)


def test_training_stands_apart_from_the_ccag(ccap):
    formation = {"service": "MLDS d'Essai", "courriel": "mlds@exemple.fr"}
    pieces = ccap([lot(dispositif="formation", heures=300, formation=formation)])
    text = pieces.corps("ccap")
    assert "pour au moins 300 heures de formation" in text and "MLDS d'Essai, mlds@exemple.fr" in text
    assert "prévue en application des articles L. 2112-2 et L. 2112-2-1" in text
    for words in ("bilan croisé", "constat de carence", "10 jours ouvrés", "au plus tard 6 mois avant la fin"):
        assert words in text
    assert "16.1" not in text and not [found for found in SANS_ACTION if found in text]
    assert "60 €" not in text, "the default of hours of insertion is not that of training"
    assert "[à compléter : Quelle pénalité, en euros, par heure de formation non réalisée ?]" in text
    assert "plafond horaire de la sécurité sociale" in pieces.notes("ccap")


# Several dispositifs in one article


def test_every_dispositif_has_its_place_in_the_single_article(ccap):
    lots = [
        CLAUSE,
        lot(dispositif="reserve-handicap"),
        lot(dispositif="formation", heures=300),
        lot(dispositif="aucun", autres_conditions_sociales=["égalité"]),
    ]
    pieces = ccap(lots)
    titles = [line for line in pieces.markdown["ccap"].splitlines() if line.startswith("## ")]
    assert len(titles) == 2 and "Clause sociale" in titles[0] and "Dérogations" in titles[1]
    text = pieces.corps("ccap")
    places = [
        text.index(words)
        for words in (
            "Fin du marché",
            "du lot réservé",
            "Clause de formation Pour le lot",
            "Autres conditions sociales d'exécution Le",
        )
    ]
    assert places == sorted(places)
    assert "Lot n° 2, Secteur 2 Lot réservé aux structures du handicap Article 12.15" in text
    assert "Pour le lot n° 2, le titulaire exécute lui-même" in text
    assert "Pour le lot n° 3, le titulaire accueille" in text


# Contracts without a CCAP


def test_a_concession_names_its_own_parties_and_law(corps):
    phases = [
        {"code": "1", "type": "phase", "duree_mois": 24, "heures": 800},
        {"code": "2", "type": "phase", "duree_mois": 96, "heures": 400},
    ]
    text = corps(
        [{"dispositif": "clause", "heures": 1200, "tranches": phases, "perimetre": "Travaux"}],
        contrat="concession",
        procedure="concession",
        ccag=None,
        valeur_estimee_ht=9000000,
        duree_mois=120,
    )
    assert "Le concessionnaire réalise une action d'insertion" in text
    assert "articles L. 3114-2 et L. 3114-2-1 du code de la commande publique" in text
    assert "exigible phase par phase" in text and "Les parties réexaminent le volume tous les 5 ans" in text
    assert "dans le rapport annuel, en application de l'article R. 3131-3" in text
    for foreign in ("L. 2112", "L. 2113", "L. 2193", "CCAG-", "titulaire", "l'acheteur", "CCAP", "du marché"):
        assert foreign not in text, foreign


def test_a_partnership_passes_the_hours_on(corps):
    text = corps(
        [{"dispositif": "clause", "heures": 1200, "valeur_estimee_ht": 600000, "perimetre": "Travaux"}],
        contrat="marche-partenariat",
        procedure="dialogue-competitif",
        ccag="aucun",
    )
    assert "Le titulaire répercute les heures sur les entreprises auxquelles il confie les études" in text
    assert "articles L. 2112-2 et L. 2112-2-1" in text
    assert "annexe n° 3 au contrat" in text and "Tout sous-traitant est accepté" not in text


def test_an_almost_empty_file_asks_and_promises_nothing(ccap):
    pieces = ccap([], nature=None, contrat=None, ccag=None, facilitateur=None, pieces=None)
    assert "La clause s'écrira une fois le dispositif arrêté." in pieces.notes("ccap")
    assert not [words for words in SANS_ACTION[:1] if words in pieces.corps("ccap")]


def test_verb_agrees_when_no_ccag_is_cited(redige):
    concession = {"contrat": "concession", "ccag": "aucun", "procedure": "concession", "valeur_estimee_ht": 6000000}
    text = redige([CLAUSE], documents=["ccap"], **concession).corps("ccap")
    assert "les signalements que prévoit le présent article sont adressés" in text


def test_a_final_stop_of_the_description_is_not_doubled(redige):
    lots = [
        CLAUSE | {"perimetre": "Tonte et ramassage."},
        {
            "dispositif": "reserve-handicap",
            "valeur_estimee_ht": 100000,
            "perimetre": "Désherbage manuel.",
            "conditions_reserve": ["Un tuteur pour huit personnes.", "Un bilan par an."],
        },
    ]
    text = redige(lots, documents=["ccap"]).corps("ccap")
    assert "- Un tuteur pour huit personnes ; - Un bilan par an. Chacune" in text
    assert "Désherbage manuel." in text and ".." not in text


def test_a_single_public_is_one_category(redige):
    text = redige([CLAUSE], documents=["ccap"], insertion={"publics": ["seniors"]}).corps("ccap")
    assert "relèvent notamment de la catégorie suivante : - demandeurs d'emploi de plus de 50 ans." in text


def test_two_amounts_by_hour_do_not_stand_in_one_sentence(redige):
    """Each lot has its own sentence, which a reader and the proofreading both read without guessing."""
    lots = [CLAUSE | {"insertion": {"penalites": {"heure_non_realisee": 45}}}, CLAUSE]
    text = redige(lots, documents=["ccap"]).corps("ccap")
    assert "Pour le lot n° 1, 15 jours au moins avant le terme" in text and "de 45 € par heure." in text
    assert "Pour le lot n° 2, 15 jours au moins avant le terme" in text and "de 60 € par heure." in text
    assert "(lot n° 1) et" not in text
