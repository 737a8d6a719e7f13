"""What an adjudicator is shown: the items on which the annotators differ, in context, their votes without names."""

from collections.abc import Iterable, Mapping

from fairweather.corpus.article import ARTICLE_LEVEL, Article, ClaimVote, StanceVote
from fairweather.corpus.reference import Target
from fairweather.corpus.sheets import passage_text
from fairweather.corpus.votes import settle_claim, settle_stance


def _claim_words(vote: ClaimVote) -> str:
    worthy = {True: "yes", False: "no", None: "-"}[vote.check_worthy]
    return f"{vote.label}, {' '.join(vote.kinds) or '-'}, {worthy}, {vote.voice or '-'}"


def claim_disputes(article: Article, votes: Mapping[str, Mapping[str, ClaimVote]]) -> Iterable[str]:
    """Lines for every sentence that the votes do not settle: the sentence before it, itself, the votes."""
    before = "-"
    for unit in article.sentences():
        text = article.text_of(unit)
        if settle_claim(votes[unit.id]) is None:
            cast = sorted(map(_claim_words, votes[unit.id].values()))
            yield f"{article.id}\t{unit.id}\t{text}"
            yield f"   before: {before}"
            yield from (f"   vote: {vote}" for vote in cast)
        before = text


def stance_disputes(
    article: Article, votes: Mapping[str, Mapping[str, StanceVote]], targets: Mapping[str, Target]
) -> Iterable[str]:
    """Lines for every stance item that the votes do not settle: the passage, the item with its boundary, the votes."""
    for item in article.stance:
        if settle_stance(votes[item.id]) is None:
            target = targets[item.target]
            boundary = f" ({target.boundary})" if target.boundary else ""
            whole = item.passage == ARTICLE_LEVEL
            yield f"{article.id}\t{item.id}\t{item.holder}\t{target.proposition}{boundary}"
            yield f"   {'over the whole article' if whole else passage_text(article, item.passage)}"
            cast = sorted(
                vote.label + (f", {vote.none_kind}" if vote.none_kind else "") for vote in votes[item.id].values()
            )
            yield from (f"   vote: {vote}" for vote in cast)
