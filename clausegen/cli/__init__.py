"""The command line: options, exit codes, one module per command."""
