"""One profile for generated tests: no time limit a slow machine could miss, and the same examples at each run of the CI."""

import os

from hypothesis import settings

settings.register_profile("calme", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "calme")
