"""The whole way, in calls that a person could make from Python: examine, draft, and what commands need beside."""
