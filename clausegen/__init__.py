"""clausegen drafts the social clauses of French public contracts, with dated law and its reasons."""

__version__ = "0.3.0"
