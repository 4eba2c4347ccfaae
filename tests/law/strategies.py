"""Descriptions of any kind, whole or partial, that the form admits."""

from datetime import date

from hypothesis import strategies as st

from clausegen.description.readers import to_complete
from clausegen.law.rulebook import rulebook

LIVRE = rulebook()
SECTEURS = list(LIVRE.donnees["calibrage/secteurs"]["secteurs"])
PUBLICS = list(LIVRE.donnees["publics/publics"]["publics"])
WORDS = st.text(st.characters(exclude_categories=("C", "Zl", "Zp")), min_size=1, max_size=40).filter(
    # « ... » says that a text is missing: hypothesis takes it from our own sources.
    lambda words: words.strip() and not to_complete(words)
)
MONTANTS = st.sampled_from(
    ["0", "1", "39999", "40000", "99999", "215999", "216000", "750000", "5404000", "12345678.90"]
)
MOIS = st.integers(1, 60)


def optional(**keys):
    return st.fixed_dictionaries({}, optional=keys)


INSERTION = optional(
    publics=st.one_of(
        st.just("ccag"), st.none(), st.lists(st.sampled_from(PUBLICS), min_size=1, max_size=3, unique=True)
    ),
    publics_prioritaires=st.lists(st.sampled_from(PUBLICS), max_size=2, unique=True),
    modalites=st.one_of(st.just("toutes"), st.none(), st.just(["embauche-directe"])),
    globalisation=st.one_of(st.booleans(), st.none()),
    transmission=st.sampled_from(["mensuelle", "trimestrielle"]),
    reunion_mise_au_point_jours=st.one_of(st.integers(1, 60), st.none()),
    penalites=optional(
        heure_non_realisee=st.one_of(st.none(), st.just("2 x smic"), MONTANTS),
        absence_reunion=st.one_of(st.none(), MONTANTS),
        document=st.fixed_dictionaries({"montant": MONTANTS, "par": st.sampled_from(["jour", "document"])}),
        hors_plafond_ccag=st.booleans(),
        plafond_pct=st.integers(1, 20),
        mise_en_demeure_jours=st.integers(1, 30),
    ),
    comptage_embauche_ans=st.integers(1, 4),
    bilan_final=st.sampled_from([{"mois_avant": 1}, {"mois_apres": 3}]),
    actions_alternatives=st.lists(st.just("accueil d'un stagiaire"), max_size=2),
    validateur=st.sampled_from(["facilitateur", "acheteur"]),
)
DISPOSITIFS = [
    "auto",
    "clause",
    "critere",
    "clause-et-critere",
    "reserve-handicap",
    "reserve-iae",
    "reserve-handicap-iae",
    "reserve-penitentiaire",
    "reserve-ess",
    "formation",
    "aucun",
]
HEURES = st.one_of(
    st.just("auto"),
    st.integers(0, 5000),
    st.fixed_dictionaries(
        {
            "par_tranche": st.fixed_dictionaries(
                {"heures": st.integers(1, 100), "montant_ht": st.sampled_from([1000, 100000])},
                optional={"a_partir_de_ht": MONTANTS, "base": st.sampled_from(["commande", "facture"])},
            )
        }
    ),
)
LOT = optional(
    intitule=WORDS,
    valeur_estimee_ht=MONTANTS,
    duree_mois=MOIS,
    cpv=st.sampled_from(["77310000", "45211000", "85312510", "80110000", "48000000", "33000000"]),
    dispositif=st.one_of(st.sampled_from(DISPOSITIFS), st.none()),
    heures=HEURES,
    calibrage=optional(
        secteur=st.sampled_from(SECTEURS),
        part_main_oeuvre=st.sampled_from(["0.65", "5 %"]),
        taux_effort=st.sampled_from(["0.05", "20 %"]),
        cout_horaire=st.sampled_from(["36", "30,50"]),
    ),
    aucun_motif=st.sampled_from(
        ["solution-disponible", "lien-insuffisant", "concurrence-ou-difficulte", "travaux-courts"]
    ),
    aucun_justification=st.just("Des faits."),
    insertion=INSERTION,
    autres_conditions_sociales=st.lists(st.just("égalité"), max_size=1),
    conditions_reserve=st.lists(st.just("maintien"), max_size=1),
    heures_complementaires=st.integers(0, 100),
    mission_service_public=st.just("mission"),
    attribution_ess_3_ans=st.booleans(),
    services_exclusivement_sociaux=st.booleans(),
    reprise_personnel=st.booleans(),
    duree_ferme_mois=MOIS,
)
FACILITATEUR = optional(
    structure=st.just("PLIE"),
    type=st.sampled_from(["plie", "interne", "association"]),
    courriel=st.just("clauses@exemple.fr"),
    coordonnateur=st.booleans(),
    relais=st.lists(optional(structure=st.just("Relais"), territoire=st.just("Nord")), max_size=1),
    convention=optional(
        rediger=st.booleans(),
        regime_financier=st.sampled_from(["gratuit", "marche", "quasi-regie", "cooperation"]),
        participation_financiere_ht=MONTANTS,
        donnees_personnelles=st.sampled_from(["responsables-conjoints", "sous-traitance", "responsables-distincts"]),
    ),
)
DAYS = st.one_of(
    st.dates(date(2019, 4, 1), date(2029, 12, 31)),
    st.sampled_from(
        [
            date(2020, 12, 8),
            date(2022, 10, 21),
            date(2026, 8, 20),
            date(2026, 8, 21),
            date(2026, 8, 22),
            date(2027, 12, 31),
            date(2028, 1, 1),
        ]
    ),
)
DESCRIPTIONS = st.fixed_dictionaries(
    {"version": st.just(1), "objet": WORDS},
    optional={
        "nature": st.sampled_from(["travaux", "fournitures", "services"]),
        "contrat": st.sampled_from(["marche", "accord-cadre", "marche-partenariat", "concession"]),
        "ccag": st.sampled_from(["Travaux", "FCS", "PI", "TIC", "MI", "MOE", "aucun"]),
        "regime": st.sampled_from(["classique", "defense-securite", "livre-v"]),
        "date_lancement": DAYS.map(date.isoformat),
        "valeur_estimee_ht": MONTANTS,
        "valeur_operation_ht": MONTANTS,
        "seuil_services_sociaux": st.sampled_from(["droit-commun", "services-sociaux"]),
        "duree_mois": MOIS,
        "reconductions": st.integers(0, 4),
        "cpv": st.sampled_from(["77310000", "85312510"]),
        "acheteur": optional(
            nom=st.just("Ville"),
            categorie=st.sampled_from(["autorite-centrale", "autre-pouvoir-adjudicateur", "entite-adjudicatrice"]),
            pouvoir_adjudicateur=st.booleans(),
            achats_annuels_ht=MONTANTS,
        ),
        "facilitateur": FACILITATEUR,
        "insertion": INSERTION,
        "accord_cadre": optional(
            forme=st.sampled_from(["bons-de-commande", "marches-subsequents", "mixte"]),
            attributaires=st.sampled_from(["mono", "multi"]),
        ),
        "lots": st.lists(LOT, max_size=3),
    },
)
