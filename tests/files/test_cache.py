import os
import sys

import pytest

from clausegen.files import cache


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv(cache.SWITCH, str(tmp_path / "cache"))
    cache.cache_folder.cache_clear()
    yield tmp_path / "cache"
    cache.cache_folder.cache_clear()


def test_what_is_stored_comes_back(folder):
    key = cache.key_of("nom", "contenu")
    assert cache.load("essai", key) is None
    cache.store("essai", key, b"octets")
    assert cache.load("essai", key) == b"octets"
    assert [p.name for p in folder.iterdir()] == [f"essai-{key}"]


@pytest.mark.usefixtures("folder")
def test_another_content_is_another_entry():
    cache.store("essai", cache.key_of("nom", "avant"), b"vieux")
    assert cache.load("essai", cache.key_of("nom", "après")) is None


def test_no_cache_at_all(monkeypatch):
    monkeypatch.setenv(cache.SWITCH, "")
    cache.cache_folder.cache_clear()
    cache.store("essai", "k", b"x")
    assert cache.load("essai", "k") is None
    cache.cache_folder.cache_clear()


@pytest.mark.skipif(sys.platform == "win32", reason="no such rights")
def test_a_folder_that_others_can_write_is_not_trusted(folder):
    folder.mkdir()
    folder.chmod(0o777)
    assert cache.cache_folder() is None


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() == 0, reason="the superuser writes everywhere")
def test_a_folder_that_refuses_is_left_alone(folder):
    folder.mkdir(mode=0o500)
    cache.store("essai", "k", b"x")
    assert cache.load("essai", "k") is None


@pytest.fixture
def small(tmp_path, monkeypatch):
    monkeypatch.setenv(cache.SWITCH, str(tmp_path))
    monkeypatch.setattr(cache, "MOST_ENTRIES", 8)
    monkeypatch.setattr(cache, "MOST_BYTES", 1_000)
    monkeypatch.setattr(cache, "_EVERY", 1)
    cache.cache_folder.cache_clear()
    yield tmp_path
    cache.cache_folder.cache_clear()


def keep(folder, rank, size=10):
    key = cache.key_of(str(rank))
    cache.store("essai", key, b"x" * size)
    os.utime(folder / f"essai-{key}", (rank, rank))
    return key


def test_the_oldest_entries_leave_when_there_are_too_many(small):
    keys = [keep(small, rank) for rank in range(1, 31)]
    kept = [key for key in keys if cache.load("essai", key) is not None]
    assert kept == keys[-len(kept) :] and 6 <= len(kept) <= 9


def test_the_oldest_entries_leave_when_they_weigh_too_much(small):
    keys = [keep(small, rank, 400) for rank in range(1, 7)]
    kept = [key for key in keys if cache.load("essai", key) is not None]
    assert kept == keys[-len(kept) :] and 1 <= len(kept) <= 3


def test_what_is_not_an_entry_stays(small):
    others = [small / "notes.txt", small / "essai-court", small / ".essai"]
    for other in others:
        other.write_text("à garder", encoding="utf-8")
        os.utime(other, (0, 0))
    for rank in range(1, 31):
        keep(small, rank)
    assert all(other.exists() for other in others)


def test_what_a_killed_process_left_goes_too(small):
    left = small / f".essai-{cache.key_of('mort')}.4242"
    left.write_bytes(b"x")
    os.utime(left, (0, 0))
    for rank in range(1, 31):
        keep(small, rank)
    assert not left.exists()


def test_an_entry_that_another_process_took_away_does_not_stop_the_others(small, monkeypatch):
    for rank in range(1, 9):
        keep(small, rank)
    real = cache.Path.unlink
    gone = []

    def unlink(path, *args, **kwargs):
        if not gone:
            gone.append(path)
            raise FileNotFoundError(path)
        return real(path, *args, **kwargs)

    monkeypatch.setattr(cache.Path, "unlink", unlink)
    last = [keep(small, rank) for rank in range(9, 20)][-1]
    assert gone and cache.load("essai", last) is not None
