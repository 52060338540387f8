"""Records in, links out: the cluster of each article and the identity of each of its events."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pkh_extract.linking.clusters import Clusters
from pkh_extract.linking.events import Told, agree, gap, linked, told
from pkh_extract.linking.grouping import grouped
from pkh_extract.record import Model

if TYPE_CHECKING:
    from pkh_extract.record import Record

Place = tuple[int, int]  # number of the article, index of the event in it


class EventLink(Model):
    """An event of an article (``index`` in its record's ``events``, from 0) and the event that it is: the articles
    that tell the same one have the same ``event_id``."""

    index: int
    event_id: str


class Links(Model):
    """What an article shares with others. ``cluster`` is the ``article.id`` of the first article, in the order of the
    input, with (nearly) the same text; ``duplicate_of`` is that id too, ``None`` for that first article itself."""

    id: str
    source: str
    cluster: str
    duplicate_of: str | None
    events: list[EventLink]


@dataclass(slots=True)
class _Article:
    """What is kept of an article: ``types`` are those of its events, ``text`` is the number of its text."""

    id: str
    source: str
    types: tuple[str, ...]
    text: int
    told: list[tuple[int, Told]]


@dataclass(slots=True)
class _Node:
    """Events that are told exactly alike: (article, index) of each, and what they say."""

    told: Told
    clusters: set[int] = field(default_factory=set)
    where: list[Place] = field(default_factory=list)
    articles: set[int] = field(default_factory=set)


def link_records(records: Iterable[Record]) -> Iterator[Links]:
    """One :class:`Links` a record, in their order, after all have been read once; texts are not kept.

    Which articles and events belong together does not depend on the order of the records; which of them is the first,
    and so gives its id, does. An ``event_id`` is ``article.id:index`` of the first event linked. A record that comes
    twice has its own id as ``duplicate_of`` the second time. Raises :class:`~pkh_extract.errors.InputError` where the
    library is missing.
    """
    clusters = Clusters()
    articles: list[_Article] = []
    for record in records:
        text = clusters.add(record)
        article = record.article
        types = tuple(event.type for event in record.events)
        articles.append(_Article(article.id, article.source, types, text, list(told(record))))
    cluster_of = {node: number for number, nodes in enumerate(clusters.groups()) for node in nodes}
    names: dict[int, str] = {}
    seen: set[int] = set()
    event_ids = _event_ids(articles, cluster_of)
    for number, one in enumerate(articles):
        cluster = cluster_of[one.text]
        name = names.setdefault(cluster, one.id)
        events = [
            EventLink(index=index, event_id=event_ids.get((number, index), f"{one.id}:{index}"))
            for index in range(len(one.types))
        ]
        duplicate_of = name if cluster in seen else None
        seen.add(cluster)
        yield Links(id=one.id, source=one.source, cluster=name, duplicate_of=duplicate_of, events=events)


def _event_ids(articles: list[_Article], cluster_of: dict[int, int]) -> dict[Place, str]:
    """(article, index) of each linked event to the id of the event that it is."""
    nodes = list(_nodes(articles, cluster_of))
    keys = [_key(node, articles) for node in nodes]
    pairs = sorted(_pairs(nodes), key=lambda pair: (pair[0], *sorted((keys[pair[1]], keys[pair[2]]))))

    def fits(one: int, two: int) -> bool:
        left, right = nodes[one], nodes[two]
        return left.articles.isdisjoint(right.articles) and agree(left.told, right.told)

    together = grouped(len(nodes), ((first, second) for _, first, second in pairs), fits)
    groups = [[place for node in group for place in nodes[node].where] for group in together]
    ids = {}
    for places in _with_copies(groups, articles, cluster_of):
        article, index = min(places)
        ids.update(dict.fromkeys(places, f"{articles[article].id}:{index}"))
    return ids


def _with_copies(groups: list[list[Place]], articles: list[_Article], cluster_of: dict[int, int]) -> list[list[Place]]:
    """The groups with the events that an article tells without a day or a place, where a copy of it tells the same one:
    the only one of that type in each of the copies."""
    groups = [list(group) for group in groups]
    group_of = {place: number for number, group in enumerate(groups) for place in group}
    for places in _copies(articles, cluster_of):
        bare = [place for place in places if all(index != place[1] for index, _ in articles[place[0]].told)]
        owners = {group_of.get(place, place) for place in set(places) - set(bare)}
        if not bare or len(owners) > 1:
            continue
        owner = owners.pop() if owners else bare[0]
        if isinstance(owner, int):
            groups[owner] += bare
        else:
            groups.append(list({owner, *bare}))
    return groups


def _copies(articles: list[_Article], cluster_of: dict[int, int]) -> Iterable[list[Place]]:
    """(article, index) of the events of one type in the articles of a cluster, where an article has only one such."""
    copies: dict[tuple[int, str], list[Place]] = defaultdict(list)
    for number, article in enumerate(articles):
        for kind in dict.fromkeys(article.types):
            if article.types.count(kind) == 1:
                copies[cluster_of[article.text], kind].append((number, article.types.index(kind)))
    return copies.values()


def _nodes(articles: list[_Article], cluster_of: dict[int, int]) -> Iterator[_Node]:
    """Events that are told exactly alike are one node where that is enough to link them, so that one that is told a
    thousand times costs no more than one; two such events of one article stay two."""
    nodes: dict[tuple[Told, int, int], _Node] = {}
    for number, article in enumerate(articles):
        cluster = cluster_of[article.text]
        alike: dict[Told, int] = defaultdict(int)
        for index, event in article.told:
            apart = -1 if linked(event, event, text=False) else cluster
            node = nodes.setdefault((event, alike[event], apart), _Node(event))
            alike[event] += 1
            node.where.append((number, index))
            node.articles.add(number)
            node.clusters.add(cluster)
    yield from nodes.values()


def _key(node: _Node, articles: list[_Article]) -> tuple[str, int]:
    """Tells a node from others whatever the order of the input."""
    return min((articles[article].id, index) for article, index in node.where)


def _pairs(nodes: list[_Node]) -> Iterator[tuple[tuple[int, int, int], int, int]]:
    """(rank, node, node) of the events that are one: the nearest days first, then the best reasons, then the same
    place in the article."""
    blocks: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, node in enumerate(nodes):
        blocks[node.told.type, node.told.place].append(number)
    for block in blocks.values():
        block.sort(key=lambda number: nodes[number].told.start)
        for position, first in enumerate(block):
            one = nodes[first]
            for second in block[position + 1 :]:
                two = nodes[second]
                if two.told.start > one.told.end + 1:
                    break
                text = not one.clusters.isdisjoint(two.clusters)
                if reasons := linked(one.told, two.told, text):
                    apart = abs(one.where[0][1] - two.where[0][1])
                    yield (gap(one.told, two.told), -reasons, apart), first, second
