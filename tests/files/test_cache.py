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
