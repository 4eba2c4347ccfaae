"""Why the system refused a file, in French: its own words come in the language it was set up in."""

from __future__ import annotations

import errno

_RAISONS = {
    errno.ENOENT: "il n'existe pas",
    errno.EACCES: "vous n'avez pas les droits nécessaires",
    errno.EPERM: "vous n'avez pas les droits nécessaires",
    errno.EISDIR: "c'est un dossier",
    errno.ENOTDIR: "un élément de son chemin n'est pas un dossier",
    errno.EEXIST: "un fichier porte déjà ce nom",
    errno.ENAMETOOLONG: "son nom est trop long",
    errno.ELOOP: "ses liens tournent en rond",
    errno.ENOSPC: "le disque est plein",
    errno.EFBIG: "il dépasse la taille permise",
    errno.EROFS: "ce disque est en lecture seule",
    errno.EMFILE: "trop de fichiers sont ouverts",
    errno.EBUSY: "il est occupé par un autre programme",
    errno.EIO: "le disque ne répond pas correctement",
}


def raison(error: OSError) -> str:
    """Return the French reason of a refusal, such as « il n'existe pas »."""
    known = _RAISONS.get(error.errno or 0)
    return known or f"erreur du système {errno.errorcode.get(error.errno or 0, type(error).__name__)}"
