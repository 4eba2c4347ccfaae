"""One module per output format, all reading the same token tree."""
