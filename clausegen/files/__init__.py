"""What reads and writes files: shipped data, YAML with places, whole-file writing."""
