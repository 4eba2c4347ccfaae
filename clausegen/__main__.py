"""Run the program with `python -m clausegen`."""

from clausegen.cli.app import main

if __name__ == "__main__":
    raise SystemExit(main())
