"""Templates rendered to one token tree per piece."""
