"""Documents read back, whoever wrote them: blocks with their places, fields, comments and revisions."""
