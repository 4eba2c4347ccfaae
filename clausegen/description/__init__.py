"""The market description: models, reading, published schema. Knows no law."""
