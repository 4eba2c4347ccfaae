"""A pool of processes: chunks handed out, results in order, and a process that dies loses one task alone."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from ctypes import c_bool
from itertools import count
from multiprocessing.connection import wait
from multiprocessing.sharedctypes import RawValue
from typing import Any, Generic

from clausegen.workflow.task import Rendu, Tache, Valeur, run, settle, sweep

_CHUNK = 4
"""Tasks handed out at once: with many, one process ends long after the others."""
_AHEAD = 2
_done = count(1)
_work: list[tuple[Callable[[Any], Any], c_bool]] = []


@contextmanager
def _unheard() -> Iterator[None]:
    """Hold Ctrl-C back while processes start: in the middle of a fork it would be lost, or kill a worker half made."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _start(travail: Callable[[Any], Any], stop: c_bool) -> None:
    """Prepare a worker: the keyboard interrupts the parent alone, and nobody outlives it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        # It began while the signal was held back; what it starts in turn must not inherit that.
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    _work[:] = [(travail, stop)]
    settle()
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_leave_with, args=(parent.sentinel,), daemon=True).start()


def _leave_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


def _run_chunk(taches: list[Any]) -> list[Rendu[Any]]:
    travail, stop = _work[0]
    # A task that has begun goes to its end, so that no piece is half written; those after it wait for another day.
    found = []
    for tache in taches:
        if stop.value:
            break
        found.append(run(travail, tache))
        sweep(next(_done))
    return found


class Pool(Generic[Tache, Valeur]):
    """Chunks of tasks in flight, a few ahead of what was asked for: memory does not grow with the batch.

    Args:
        taches: what is to be done.
        travail: the work; both cross to other processes.
        number: how many processes.
    """

    def __init__(self, taches: Sequence[Tache], travail: Callable[[Tache], Valeur], number: int) -> None:
        size = max(1, min(_CHUNK, len(taches) // (number * 4)))
        self._waiting = deque(list(taches[i : i + size]) for i in range(0, len(taches), size))
        self._flying: deque[tuple[list[Tache], Future[list[Rendu[Valeur]]]]] = deque()
        self._travail, self._number = travail, number
        # Without a lock, which a process that is killed might hold for ever.
        self._stop: c_bool = RawValue(c_bool, False)
        self._executor = self._new(number)
        self._fill()

    def _new(self, number: int) -> ProcessPoolExecutor:
        # A fork is quick and finds what the parent has read, but it is only safe without other threads.
        forkable = sys.platform == "linux" and threading.active_count() == 1
        context = multiprocessing.get_context("fork" if forkable else "spawn")
        return ProcessPoolExecutor(number, mp_context=context, initializer=_start, initargs=(self._travail, self._stop))

    def _fill(self) -> None:
        while self._waiting and len(self._flying) < _AHEAD * self._number:
            try:
                with _unheard():
                    future: Future[list[Rendu[Valeur]]] = self._executor.submit(_run_chunk, self._waiting[0])
            except BrokenProcessPool:
                # The chunks that died with it are in flight, and will say so when their turn comes.
                self._executor.shutdown()
                self._executor = self._new(self._number)
                continue
            self._flying.append((self._waiting.popleft(), future))

    def results(self) -> Iterator[Rendu[Valeur]]:
        """Yield the results in order; whatever stops this stops the processes."""
        try:
            while self._flying:
                _, future = self._flying[0]
                try:
                    done = future.result()
                except BrokenProcessPool:
                    yield from self._one_by_one()
                    continue
                self._flying.popleft()
                self._fill()
                yield from done
        finally:
            self._stop.value = True
            self._executor.shutdown(cancel_futures=True)

    def _one_by_one(self) -> Iterator[Rendu[Valeur]]:
        """Do again, each in its own process, what was in flight when a process died: only the guilty one is lost."""
        suspects = list(self._flying)
        self._flying.clear()
        self._executor.shutdown()
        for taches, future in suspects:
            if future.exception() is None:
                yield from future.result()
            else:
                yield from (self._alone(tache) for tache in taches)
        self._executor = self._new(self._number)
        self._fill()

    def _alone(self, tache: Tache) -> Rendu[Valeur]:
        with self._new(1) as executor:
            try:
                with _unheard():
                    future = executor.submit(_run_chunk, [tache])
                return future.result()[0]
            except BrokenProcessPool:
                return Rendu(None, mort=True)
