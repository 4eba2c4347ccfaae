"""A whole description, with every key of the contract, and a short way to read one."""

from textwrap import dedent

import pytest

from clausegen.description.load import Lecture, load_text
from clausegen.description.vocabulary import VocabulaireOuvert

VOCABULAIRE = VocabulaireOuvert(
    secteurs={"espaces-verts": "Espaces verts", "vrd": "Voirie", "nettoyage": "Nettoyage"},
    publics={"qpv": "Habitants des quartiers prioritaires", "rsa": "Allocataires du RSA", "iae": "Salariés de l'IAE"},
)

COMPLET = """\
version: 1
reference: "2026-EV-041"
objet: "Entretien des espaces verts de la ville"
nature: services
contrat: accord-cadre
ccag: FCS
procedure: appel-offres-ouvert
regime: classique
date_lancement: 2026-12-15
valeur_estimee_ht: 960000
seuil_services_sociaux: droit-commun
valeur_operation_ht: 960000
duree_mois: 48
reconductions: 2
cpv: "77310000-6"
lieu_execution: {departement: 35, commune: Rennes, bassin_emploi: Rennes, nuts: FRH03}
allotissement_motif: "Un seul lot, par choix."
acheteur:
  nom: "Ville de Rennes"
  categorie: autre-pouvoir-adjudicateur
  pouvoir_adjudicateur: true
  type: collectivite
  siret: 21350238800019
  adresse: {voie: "1 place de la Mairie", code_postal: 35000, commune: Rennes}
  representant: {nom: "A. Martin", qualite: maire}
  courriel: "commande-publique@exemple.fr"
  profil_acheteur: "https://marches.exemple.fr/rennes"
  achats_annuels_ht: 82000000
  deliberation: {numero: 12, date: 2026-10-05}
  correspondant_insertion: {qualite: "chargée de mission", courriel: "insertion@exemple.fr", telephone: 02 99 00 00 00}
  dpo_courriel: "dpo@exemple.fr"
  tribunal: "Tribunal administratif de Rennes"
  groupement_commandes: false
facilitateur:
  structure: "PLIE du bassin rennais"
  type: plie
  siret: "356 000 000 00048"
  adresse: {voie: "2 rue du Port", code_postal: "01000", commune: Rennes}
  representant: {nom: "B. Petit", qualite: présidente}
  courriel: "clauses@exemple.fr"
  telephone: 0299000000
  referent: {nom: "C. Roux", courriel: "roux@exemple.fr", telephone: 0299000001}
  coordonnateur: false
  convention:
    rediger: true
    date_effet: 2027-01-01
    duree_mois: 48
    participation_financiere_ht: 0
    regime_financier: gratuit
    donnees_personnelles: responsables-conjoints
    reconduction: 0
    preavis_mois: 3
  accord_le: 2026-11-20
  avis_le: 2026-11-25
  deliberation: {numero: "2026-7", date: 2026-10-05}
  territoire: "Rennes Métropole"
  relais: [{structure: "Maison de l'emploi", territoire: "Vitré", courriel: "relais@exemple.fr"}]
  gere_siae: false
  logiciel: "ABC"
  dpo_courriel: "dpo-plie@exemple.fr"
  conservation_mois: 24
  financeurs: ["FSE+"]
insertion:
  publics: ccag
  publics_prioritaires: [qpv, rsa]
  modalites: toutes
  globalisation: true
  transmission: trimestrielle
  reunion_mise_au_point_jours: 15
  penalites:
    heure_non_realisee: 2 x smic
    absence_reunion: 150
    document: {montant: "50,50 €", par: jour}
    mise_en_demeure_jours: 15
    plafond_pct: 10
    hors_plafond_ccag: true
    proportion: 500
    donnees: 1000
  critere:
    ponderation: 10
    sous_criteres:
      - {intitule: "Tutorat", ponderation: 6, elements: "Organisation"}
      - {intitule: "Formation", ponderation: "4 %", elements: "Parcours"}
  cadre: "SPASER 2026"
  validateur: facilitateur
  validation_jours_ouvres: 5
  contact_jours: 15
  jour_transmission: 15
  comptage_embauche_ans: 2
  bilan_final: {mois_avant: 1}
  actions_alternatives: ["Visite d'entreprise"]
lots:
  - numero: 1
    intitule: "Secteur nord"
    valeur_estimee_ht: "480 000 €"
    duree_mois: 48
    cpv: 77310000
    cpv_secondaires: ["77340000-5"]
    dispositif: auto
    heures: 420
    calibrage: {secteur: espaces-verts, part_main_oeuvre: 65 %, taux_effort: 0.05, cout_horaire: 36}
    aucun_motif: lien-insuffisant
    aucun_justification: "Les faits."
    perimetre: "Tonte, désherbage"
    insertion: {globalisation: false, publics: [iae], modalites: [embauche-directe]}
    reprise_personnel: false
    tranches:
      - {code: TF, type: ferme, montant_ht: 200000, duree_mois: 12, heures: 210}
      - {code: TO1, type: optionnelle, heures: 210}
    duree_ferme_mois: 24
    heures_periodes: [210, 105, 105]
    heures_complementaires: 200
    autres_conditions_sociales: ["Égalité"]
    conditions_reserve: ["Maintien de la proportion"]
    etablissement_penitentiaire: "Centre de détention"
    mission_service_public: "Aide à domicile"
    attribution_ess_3_ans: false
    services_exclusivement_sociaux: true
    formation: {service: "MLDS", courriel: "mlds@exemple.fr", convention: "2026-1"}
  - numero: 2
    heures: {par_tranche: {heures: 35, montant_ht: 100000, a_partir_de_ht: 0, base: commande}}
date_note: 2026-12-01
pieces: {forme: ccap, ccap: {article: 12, dernier_article: 20}, rc: {article: 7}, ae: {annexe: 3}}
accord_cadre: {forme: bons-de-commande, attributaires: mono, minimum_ht: 0}
programme: [{reference: "X", objet: "Voirie", heures: 500, date_lancement: 2027-03-01}]
"""


@pytest.fixture
def complet() -> str:
    return COMPLET


@pytest.fixture
def vocabulaire() -> VocabulaireOuvert:
    return VOCABULAIRE


@pytest.fixture
def lire():
    """Read a description; `version` and `objet` are added unless the text gives its own."""

    def run(text: str, *, nu: bool = False) -> Lecture:
        text = dedent(text)
        return load_text(text if nu else f"version: 1\nobjet: x\n{text}", "marche.yaml", VOCABULAIRE)

    return run
