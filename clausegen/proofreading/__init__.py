"""The proofreading rules of a document: `rules/relecture` says what and why, one check a rule says where."""
