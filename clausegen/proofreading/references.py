"""References to texts: articles of the CCAG and of codes."""

from __future__ import annotations

from clausegen.proofreading.ccagarticles import wrong_articles
from clausegen.proofreading.codearticles import dead_articles
from clausegen.proofreading.interface import Check

CHECKS: dict[str, Check] = {"R09": wrong_articles, "R19": dead_articles}
