"""Records behave as the data classes of the standard library do."""

import copy
import dataclasses
import pickle

import pytest

from clausegen.record import _FEW, dataclass, replace

MODES = [{}, {"frozen": True}, {"slots": True}, {"frozen": True, "slots": True}]


def both(mode):
    """Return the same class, made by each of the two decorators."""

    def declared():
        class Point:
            """A point."""

            x: int
            y: int = 2
            noms: list[str] = dataclasses.field(default_factory=list)
            mot: str = dataclasses.field(default="m")

            def __post_init__(self):
                object.__setattr__(self, "y", self.y + 1)

            @property
            def somme(self):
                return self.x + self.y

        return Point

    return dataclass(**mode)(declared()), dataclasses.dataclass(**mode)(declared())


@pytest.mark.parametrize("mode", MODES, ids=str)
def test_the_same_as_the_standard_decorator(mode):
    ours, theirs = both(mode)
    for args, kwargs in [((1,), {}), ((1, 5), {"mot": "z"}), ((), {"x": 4, "noms": ["a"]})]:
        one, other = ours(*args, **kwargs), theirs(*args, **kwargs)
        assert repr(one) == repr(other)
        assert one.somme == other.somme
        assert dataclasses.asdict(one) == dataclasses.asdict(other)
        assert one == ours(*args, **kwargs) and one != ours(99) and one != other
    assert [f.name for f in dataclasses.fields(ours)] == [f.name for f in dataclasses.fields(theirs)]
    assert dataclasses.is_dataclass(ours)
    assert ours.__match_args__ == theirs.__match_args__
    assert hasattr(ours, "__slots__") == hasattr(theirs, "__slots__")
    assert hasattr(ours(1), "__dict__") == hasattr(theirs(1), "__dict__")
    assert (ours.__hash__ is None) == (theirs.__hash__ is None)
    assert dataclasses.replace(ours(1), x=7).x == 7
    assert ours.__doc__ == "A point."


@pytest.mark.parametrize("mode", MODES, ids=str)
@pytest.mark.parametrize("args", [(), (1, 2, [], "m", 5)])
def test_a_call_that_does_not_fit_is_refused(mode, args):
    for kind in both(mode):
        with pytest.raises(TypeError):
            kind(*args)
        with pytest.raises(TypeError):
            kind(1, inconnu=2)


@pytest.mark.parametrize("mode", MODES, ids=str)
@pytest.mark.parametrize(
    ("args", "kwargs"), [((), {}), ((1,), {"x": 1}), ((1, 2, [], "m", 5), {}), ((1,), {"inconnu": 2}), ((), {"y": 1})]
)
def test_a_call_that_does_not_fit_is_refused_at_any_time(mode, args, kwargs):
    ours, theirs = both(mode)
    with pytest.raises(TypeError) as expected:
        theirs(*args, **kwargs)
    for _ in range(_FEW + 2):
        with pytest.raises(TypeError) as found:
            ours(*args, **kwargs)
        assert str(found.value).partition("(")[2] == str(expected.value).partition("(")[2]
        assert ours(1) == ours(1)


@pytest.mark.parametrize("mode", MODES, ids=str)
def test_the_first_instances_are_as_the_next_ones(mode):
    ours, theirs = both(mode)
    for rank in range(_FEW + 3):
        one = ours(rank, noms=["a"])
        assert repr(one) == repr(theirs(rank, noms=["a"]))
        assert (one.y, one.mot, one.noms) == (3, "m", ["a"])
        assert ours(rank).noms == [] and ours(rank).noms is not ours(rank).noms


@pytest.mark.parametrize("mode", MODES, ids=str)
def test_a_copy_with_other_values(mode):
    for kind in both(mode):
        one = kind(1, 2, ["a"], "z")
        other = replace(one, x=7)
        assert (other.x, other.y, other.noms, other.mot) == (7, one.y + 1, ["a"], "z")
        assert other.noms is one.noms and one.x == 1
        with pytest.raises(TypeError):
            replace(one, inconnu=2)


@pytest.mark.parametrize("mode", MODES, ids=str)
def test_what_is_frozen_stays(mode):
    for kind in both(mode):
        one = kind(1)
        if mode.get("frozen"):
            for name in ("x", "inconnu"):
                with pytest.raises((dataclasses.FrozenInstanceError, TypeError)):
                    setattr(one, name, 2)
            with pytest.raises(dataclasses.FrozenInstanceError):
                del one.x
        else:
            one.x = 2
            assert one.x == 2


def test_a_factory_is_called_for_each():
    ours, _ = both({})
    assert ours(1).noms is not ours(1).noms


@dataclass(frozen=True, slots=True)
class Kept:
    """A record that crosses to other processes."""

    a: int
    b: tuple[str, ...] = ()


@dataclass(frozen=True)
class Single:
    """A record of one field."""

    a: float


@dataclass
class Empty:
    """A record without fields."""


@pytest.mark.parametrize("one", [Kept(1, ("x",)), Single(2.0), Empty()], ids=repr)
def test_copies(one):
    assert pickle.loads(pickle.dumps(one)) == one
    assert copy.copy(one) == one
    assert copy.deepcopy(one) == one


def test_hashes():
    assert len({Kept(1), Kept(1), Kept(2)}) == 2
    assert len({Single(1.0), Single(1.0)}) == 1
    nan = float("nan")
    assert Single(nan) == Single(nan)


def test_own_methods_are_kept():
    @dataclass(frozen=True, slots=True)
    class Own:
        """A class with its own words."""

        a: int

        def __repr__(self):
            return "own"

        def __hash__(self):
            return 7

        def __eq__(self, other):
            return True

    assert (repr(Own(1)), hash(Own(1)), Own(1) == Own(2)) == ("own", 7, True)


def test_what_is_unusual_is_left_to_the_standard_decorator():
    @dataclass(kw_only=True)
    class Base:
        """Keywords only."""

        a: int

    @dataclass
    class Heir(Base):
        """Inherits fields."""

        b: int = dataclasses.field(default=1, compare=False)

    assert Heir(a=1, b=2) == Heir(a=1, b=3)
    with pytest.raises(TypeError):
        Base(1)


def test_a_standard_class_inherits_from_a_record():
    @dataclasses.dataclass(frozen=True)
    class Heir(Single):
        """Adds a field."""

        b: int = 3

    assert repr(Heir(1.0)).endswith("Heir(a=1.0, b=3)")
