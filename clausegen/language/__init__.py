"""The small language of rules: missing facts and three-valued conditions."""
