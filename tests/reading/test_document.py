"""The headings under which a block stands."""

from random import Random
from time import process_time

from clausegen.reading.document import Bloc, Document, Genre


def naive(document, rang):
    chain = []
    for bloc in document.blocs:
        if bloc.rang > rang:
            break
        if bloc.niveau is not None:
            chain = [b for b in chain if (b.niveau or 0) < bloc.niveau] + [bloc]
    return tuple(chain)


def written(levels):
    return Document("x", tuple(Bloc(n, Genre.PARAGRAPHE, "t", "t", niveau=level) for n, level in enumerate(levels, 1)))


def test_the_chain_of_headings():
    chance = Random(3)
    for _ in range(200):
        document = written([chance.choice([None, None, 1, 2, 3, 4]) for _ in range(chance.randint(0, 30))])
        for rang in range(33):
            assert document.titres_de(rang) == naive(document, rang)


def test_many_headings_are_not_read_again_for_each_block():
    document = written([2] * 20_000)
    start = process_time()
    assert all(document.titres_de(rang)[-1].rang == rang for rang in range(1, 20_001))
    assert process_time() - start < 5
