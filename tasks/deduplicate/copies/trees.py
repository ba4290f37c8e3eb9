"""Who copied from whom within a group of copies: a tree, in which each article hangs on the nearest earlier one."""

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property

from quotidian.tasks.deduplicate.copies.credits import agency_sources
from quotidian.tasks.deduplicate.copies.cuts import order_contained
from quotidian.tasks.deduplicate.copies.direction import NO_ORDER, UNKNOWN, Order, Publication, order_pair
from quotidian.tasks.deduplicate.copies.evidence import measure_pair
from quotidian.tasks.deduplicate.corpus import Corpus

SMALL_GROUP = 60
"""Articles of a group up to which all are compared with all; in larger ones those are that candidates led to, and the first
few of each text."""
FEW = 3
EQUAL = dict.fromkeys(("jaccard", "containment", "containment_reverse", "aligned_share"), 1.0)


class CopyTree:
    """A group of copies in an order that contradicts nothing that is known of any two of them.

    `articles` come in the order of their dates, undated last, then of their ids; `neighbours` are the texts that are
    copies of each text.
    """

    def __init__(self, corpus: Corpus, articles: list[Publication], neighbours: dict[int, list[int]]):
        self.corpus, self.neighbours = corpus, neighbours
        self.is_small = len(articles) <= SMALL_GROUP
        self.articles = self.sort(articles) if self.is_small else articles

    def sort(self, articles: list[Publication]) -> list[Publication]:
        """The articles, none after one that is known to be later; where what is known goes round in a circle, as they came."""
        waiting, placed = list(articles), []
        while waiting:
            free = (a for a in waiting if not any(self.order(b, a).sign > 0 for b in waiting if b is not a))
            first = next(free, waiting[0])
            waiting.remove(first)
            placed.append(first)
        return placed

    @cached_property
    def known_orders(self) -> dict[tuple[str, str], Order]:
        """What `order` remembers."""
        return {}

    @cached_property
    def known_measures(self) -> dict[tuple[int, int], dict[str, float]]:
        """What `measure` remembers."""
        return {}

    def order(self, one: Publication, other: Publication) -> Order:
        """Which of two articles is the earlier, and what tells it."""
        key = one.article_id, other.article_id
        if key not in self.known_orders:
            found = order_pair(one, other)
            if found == NO_ORDER and one.text != other.text:
                found = order_contained(self.corpus, one, other)
            self.known_orders[key], self.known_orders[key[::-1]] = found, Order(-found.sign, found.basis)
        return self.known_orders[key]

    def measure(self, left: int, right: int) -> dict[str, float]:
        """How much two texts have in common."""
        if left == right:
            return EQUAL
        if (left, right) not in self.known_measures:
            self.known_measures[left, right] = measure_pair(self.corpus, left, right)
        return self.known_measures[left, right]

    def hang(self) -> Iterator[tuple[Publication, Publication, str, str]]:
        """Each article but the first with its parent, the relation, and the basis of their order."""
        places = {a.article_id: place for place, a in enumerate(self.articles)}
        by_text, by_url, own = defaultdict(list), {}, set()
        for place, article in enumerate(self.articles):
            before = by_url.get(article.url)
            if place == 0 or (before and before.url in own):
                own.add(article.url)
            if before and article.url in own:
                yield article, before, "revision", self.order(before, article).basis
            elif place:
                parent = self.choose(article, self.list_earlier(article, by_text), places)
                order = self.order(parent, article)
                yield article, parent, name_relation(article, parent), order.basis if order.sign > 0 else UNKNOWN
            by_text[article.text].append(article)
            if article.url:
                by_url[article.url] = article

    def list_earlier(self, article: Publication, by_text: dict[int, list[Publication]]) -> list[Publication]:
        """Articles of other addresses before this one that it may be a copy of."""
        texts = (
            by_text if self.is_small else {self.articles[0].text, article.text, *self.neighbours.get(article.text, ())}
        )
        most = None if self.is_small else FEW
        found = [a for text in texts for a in by_text.get(text, ())[:most]]
        return [a for a in found if not a.url or a.url != article.url] or [self.articles[0]]

    def choose(self, article: Publication, earlier: list[Publication], places: dict[str, int]) -> Publication:
        """The parent: the nearest of those that are known to be earlier; where none is, of those that may be."""

        def rank(parent: Publication) -> tuple[int, float, int]:
            return -self.order(parent, article).sign, -self.nearness(article, parent), places[parent.article_id]

        return min(earlier, key=rank)

    def nearness(self, article: Publication, parent: Publication) -> float:
        """How near a text is to another: what it has from there counts more than what it left out."""
        found = self.measure(article.text, parent.text)
        return round(2 * found["containment"] + found["containment_reverse"] + found["aligned_share"], 3)

    def has_known_first(self) -> bool:
        """Whether the first article is known to be earlier than each of the others, by what is told of the two or of others between them; who credits another
        is not."""
        first, *others = self.articles
        known = [first]
        for other in others:
            before = known if self.is_small and not first.credits & other.own else [first]
            if not any(self.order(one, other).sign > 0 for one in before):
                return False
            known.append(other)
        return True


def name_relation(article: Publication, parent: Publication) -> str:
    """How an article hangs on its parent: wire, common_source, or republished (rewritten where the words are others)."""
    agencies = agency_sources()
    if parent.own & agencies:
        return "wire"
    is_shared = bool(article.credits & parent.credits & agencies)
    return "common_source" if is_shared or article.agency in agencies - article.own else "republished"
