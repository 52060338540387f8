"""Pairs to groups in which all agree: union-find that joins no two groups of which any two members contradict."""

from __future__ import annotations

from collections.abc import Callable, Iterable


def grouped(size: int, pairs: Iterable[tuple[int, int]], agree: Callable[[int, int], bool]) -> list[list[int]]:
    """Groups of the nodes ``0 … size-1``, each with its members in ascending order, by their first members.

    ``pairs`` are the links, the best first: each joins the groups of its two nodes where ``agree`` holds for every
    member of the one with every member of the other, so that a chain of links never brings together what contradicts
    itself. The groups depend on the order of ``pairs`` alone; give them in one that does not depend on the nodes'
    numbers.
    """
    group = list(range(size))
    members = {node: [node] for node in range(size)}
    for first, second in pairs:
        into, other = group[first], group[second]
        if into == other:
            continue
        if not all(agree(one, two) for one in members[into] for two in members[other]):
            continue
        if len(members[into]) < len(members[other]):
            into, other = other, into
        moved = members.pop(other)
        members[into] += moved
        for node in moved:
            group[node] = into
    return sorted(sorted(nodes) for nodes in members.values())
