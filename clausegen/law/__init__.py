"""The law as data, dated, and the decision drawn from it."""
