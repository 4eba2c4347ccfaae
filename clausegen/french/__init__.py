"""French as it is printed: amounts, dates, articles, typography."""
