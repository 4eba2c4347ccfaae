"""A buyer's templates render in a process of their own, stopped when it takes too long or too much memory."""

from __future__ import annotations

import _thread
import pickle
import signal
import sys
import threading
from collections.abc import Sequence
from types import FrameType
from typing import Any

from clausegen.dossier.dossier import Dossier
from clausegen.dossier.pieces import Gabarit
from clausegen.errors import ClausegenError
from clausegen.record import dataclass
from clausegen.text.buyer import GabaritsAcheteur
from clausegen.text.faults import french
from clausegen.text.functions import TemplateFault
from clausegen.text.prepared import shipped_loader
from clausegen.text.render import render
from clausegen.text.tree import Texte

DELAI = 20.0
"""Seconds that the pieces of one market may take."""
GRACE = 5.0
"""Seconds left to say which line was running, before the process is killed."""
MEMOIRE = 1 << 30
"""Bytes that the process may hold, on the systems that can count them."""
# The folders of modules are handed over, and no variable nor current folder adds to them.
_START = "import sys; sys.path[:] = {path!r}; from clausegen.text.apart import main; main()"


@dataclass(frozen=True, slots=True)
class Commande:
    """What the process is asked for."""

    pieces: tuple[Gabarit, ...]
    dossier: Dossier
    empreinte: str
    fautes: tuple[str, ...]
    acheteur: GabaritsAcheteur
    delai: float


def render_all(
    pieces: Sequence[Gabarit],
    dossier: Dossier,
    empreinte: str,
    *,
    fautes: tuple[str, ...] = (),
    acheteur: GabaritsAcheteur | None = None,
    delai: float = DELAI,
) -> dict[str, Texte]:
    """Render several pieces of a market.

    Args:
        pieces: which pieces.
        dossier: the market.
        empreinte: fingerprint of the description.
        fautes: faults in spite of which they are drafted.
        acheteur: a buyer's own templates; the pieces then render in another process.
        delai: seconds that they may take there.

    Returns:
        The texts, by id of the piece.

    Raises:
        ClausegenError: a fault of a template, or one that does not end.
    """
    if acheteur is None:
        modules: dict[str, Any] = {}
        texts = {piece.id: render(piece, dossier, empreinte, fautes=fautes, modules=modules) for piece in pieces}
        shipped_loader().keep()
        return texts
    if not pieces:
        return {}
    kind, content = _answer(Commande(tuple(pieces), dossier, empreinte, fautes, acheteur, delai))
    if kind == "refus":
        raise ClausegenError(content)
    if kind == "defaut":
        raise RuntimeError(content)
    found: dict[str, Texte] = content
    return found


def _answer(commande: Commande) -> tuple[str, Any]:
    # Without templates of a buyer, there is no other process.
    import subprocess

    start = [sys.executable, "-I", "-c", _START.format(path=sys.path)]
    try:
        done = subprocess.run(
            start, input=pickle.dumps(commande), capture_output=True, timeout=commande.delai + GRACE, check=False
        )
    except subprocess.TimeoutExpired:
        names = ", ".join(f"« {name} »" for name, _ in commande.acheteur.sources[:5])
        return "refus", (
            f"Les gabarits de « {commande.acheteur.dossier} » ne finissent pas de se rendre "
            f"({commande.delai:g} secondes) : une répétition y est sans fin ({names})."
        )
    except OSError as error:
        return "refus", f"Les gabarits de l'acheteur demandent un second processus, que le système refuse ({error})."
    if done.returncode or not done.stdout:
        return "refus", (
            f"Les gabarits de « {commande.acheteur.dossier} » ont arrêté le processus qui les rend : "
            "ils demandent trop de mémoire ou de temps."
        )
    answer: tuple[str, Any] = pickle.loads(done.stdout)
    return answer


def main() -> None:
    """Read a command on the standard input, and answer on the standard output."""
    output = sys.stdout.buffer
    commande: Commande = pickle.loads(sys.stdin.buffer.read())
    _bound(commande.delai)
    answer: tuple[str, Any]
    try:
        texts = {
            piece.id: render(
                piece, commande.dossier, commande.empreinte, fautes=commande.fautes, acheteur=commande.acheteur
            )
            for piece in commande.pieces
        }
        shipped_loader().keep()
        answer = ("textes", texts)
    except ClausegenError as error:
        answer = ("refus", str(error))
    except (TemplateFault, RecursionError, MemoryError) as error:
        # Raised once the templates are rendered, while their text is read.
        answer = ("refus", f"Les gabarits de « {commande.acheteur.dossier} » ne se rendent pas : {french(error)}.")
    except Exception as error:
        answer = ("defaut", f"{type(error).__name__} : {error}")
    output.write(pickle.dumps(answer))


def _bound(delai: float) -> None:
    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise TemplateFault(f"il ne finit pas ({delai:g} secondes) : une répétition y est trop longue")

    signal.signal(signal.SIGINT, stop)
    timer = threading.Timer(delai, _thread.interrupt_main)
    timer.daemon = True
    timer.start()
    if sys.platform != "win32":
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_AS)
        limit = MEMOIRE if most == resource.RLIM_INFINITY else min(MEMOIRE, most)
        resource.setrlimit(resource.RLIMIT_AS, (limit, most))
