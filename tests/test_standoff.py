"""Finding units in copies: against a plain search, over texts that hypothesis makes up."""

from hypothesis import given
from hypothesis import strategies as st

from fairweather.corpus.article import Unit
from fairweather.corpus.canonical import canonical_words, words_sha256
from fairweather.corpus.standoff import Copy

WORD = st.sampled_from(["base", "open", "no", "ally", "pay", "the"])
SENTENCE = st.lists(WORD, min_size=1, max_size=4).map(" ".join)


def unit(number: int, text: str) -> Unit:
    words = canonical_words(text)
    return Unit(f"s{number:03d}", "sentence", 0, words=len(words), sha256=words_sha256(words))


def best_by_brute_force(units: list[list[str]], words: list[str]) -> int:
    """Most words that an in-order, non-overlapping placement of units covers, by trying every one."""

    def best(number: int, at: int) -> int:
        if number == len(units):
            return 0
        result = best(number + 1, at)
        size = len(units[number])
        for start in range(at, len(words) - size + 1):
            if words[start : start + size] == units[number]:
                result = max(result, size + best(number + 1, start + size))
        return result

    return best(0, 0)


@given(st.lists(SENTENCE, min_size=1, max_size=4), st.lists(WORD, max_size=12))
def test_the_chain_found_is_the_heaviest(sentences: list[str], words: list[str]) -> None:
    units = [unit(number, text) for number, text in enumerate(sentences)]
    copy = Copy(" ".join(words))
    location = copy.locate(units)
    covered = sum(len(canonical_words(copy.text[start:end])) for start, end in location.spans.values())
    assert covered == best_by_brute_force([text.split() for text in sentences], words)


@given(st.lists(SENTENCE, min_size=1, max_size=6), st.lists(WORD, max_size=30))
def test_no_unit_lies_on_other_words_or_out_of_order(sentences: list[str], words: list[str]) -> None:
    units = [unit(number, text) for number, text in enumerate(sentences)]
    copy = Copy(". ".join(words))
    location = copy.locate(units)
    end = 0
    for entry in units:
        if entry.id in location.spans:
            start, stop = location.spans[entry.id]
            assert words_sha256(canonical_words(copy.text[start:stop])) == entry.sha256
            assert start >= end
            end = stop
    assert {*location.spans, *location.missing, *location.displaced} == {entry.id for entry in units}


@given(st.lists(SENTENCE, min_size=1, max_size=8))
def test_an_unchanged_text_is_found_whole(sentences: list[str]) -> None:
    units = [unit(number, text) for number, text in enumerate(sentences)]
    assert Copy(". ".join(sentences)).locate(units).coverage == 1.0
