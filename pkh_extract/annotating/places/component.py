"""Component ``pkh_places``: the places that a document names, and which areas they are.

Puts into ``doc.spans``: ``pkh_places`` and ``pkh_villages`` (value
:class:`~pkh_extract.annotating.places.values.Place`), ``pkh_venues`` (:class:`~.values.Venue`), ``pkh_offices``
(:class:`~.values.Office`) and ``pkh_place_parts`` (villages, hamlets, streets, rivers: names with the word before them,
without a value). Where an event took place is answered by :mod:`pkh_extract.annotating.places.choose`.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TypeVar

from spacy.language import Language
from spacy.tokens import Doc, Span

from pkh_extract.annotating.document import Cue, accept, register, remember
from pkh_extract.annotating.lexicon import cues
from pkh_extract.annotating.memory import memory_of
from pkh_extract.annotating.needs import begin
from pkh_extract.annotating.places.bare import Districts, dateline_district, find_bare
from pkh_extract.annotating.places.context import NEAR, Context
from pkh_extract.annotating.places.index import TOLD
from pkh_extract.annotating.places.mentions import Finder, Mention
from pkh_extract.annotating.places.offices import find_offices
from pkh_extract.annotating.places.payload import payloads
from pkh_extract.annotating.places.senses import Resolver, common
from pkh_extract.annotating.places.values import Office, Place, Told, Venue
from pkh_extract.annotating.places.venues import find_venues
from pkh_extract.annotating.places.villages import VillageFinder
from pkh_extract.gazetteer import load_gazetteer
from pkh_extract.gazetteer.names import Level, level_of
from pkh_extract.rules import RuleSet, builtin_folder, load_rules

KEY = "pkh_places"
Value = TypeVar("Value", Place, Venue, Office)


class Places:
    """See the module."""

    def __init__(self, rules: RuleSet) -> None:
        register()
        self.rules = payloads(rules)
        own = tuple(str(folder) for folder in rules.folders if folder != builtin_folder())
        self.gazetteer = load_gazetteer(own) if own else load_gazetteer()  # so called everywhere else: it is kept once
        self.finder = Finder(self.gazetteer)
        self.districts = Districts(self.gazetteer)

    def __call__(self, doc: Doc) -> Doc:
        begin(doc, KEY)
        context = Context(doc, self.rules, self.gazetteer)
        mentions = self.finder.find(context)
        resolver = Resolver(context, mentions)
        resolver.resolve()
        bare = self._bare(context, mentions, resolver)
        for mention, code in bare:
            resolver.narrowed[len(mentions)], resolver.codes[len(mentions)] = (code,), code
            mentions.append(mention)
        villages = VillageFinder(context, mentions, resolver).villages()
        places = [named for index in range(len(mentions)) if (named := self._place(context, index, resolver))]
        if bare:
            places.sort(key=lambda named: named[0].start)
        ends = {cue.start: cue.end for cue, _ in places}
        venues = find_venues(context, ends)
        _keep(doc, Told(places, villages, venues, find_offices(context, places, villages), context.parts))
        _credit_held(doc, ends.keys() | {cue.start for cue, _ in venues})
        return doc

    def _bare(self, context: Context, mentions: list[Mention], resolver: Resolver) -> list[tuple[Mention, str]]:
        """Districts without a level word, with their codes."""
        if regencies := resolver.regencies():
            return list(find_bare(context, mentions, self.districts, regencies))
        alone = dateline_district(context, self.gazetteer, resolver.provinces)
        return [(alone, alone.codes[0])] if alone is not None else []

    def _place(self, context: Context, index: int, resolver: Resolver) -> tuple[Cue, Place] | None:
        """The words of a mention with their value, its cues accepted; none for what is no place after all."""
        mention, codes, decided = resolver.mentions[index], resolver.narrowed[index], resolver.codes.get(index)
        level: Level | None
        if decided is not None:
            level = level_of(decided)
        elif mention.hint == "district" and not mention.explicit:
            return None
        else:
            level = "province" if common(codes) else None
        if mention.credits:
            accept(context.doc, *mention.credits)
        cue = Cue(context.tokens, mention.start, mention.end, "place", mention.rule)
        return cue, Place(decided, codes, level, mention.kind, mention.explicit, mention.spoken)


def _keep(doc: Doc, told: Told) -> None:
    """Keep what the document names of places, with it and as spans."""
    remember(doc, TOLD, told)
    doc.spans["pkh_villages"] = _spans(doc, told.villages)
    doc.spans[KEY] = _spans(doc, told.places)
    doc.spans["pkh_place_parts"] = [
        Span(doc, part.start, part.end, label="place_part", span_id=part.rule) for part in told.parts
    ]
    doc.spans["pkh_venues"] = _spans(doc, told.venues)
    doc.spans["pkh_offices"] = _spans(doc, told.offices)


def _spans(doc: Doc, told: list[tuple[Cue, Value]]) -> list[Span]:
    """Spans over words, from which :func:`~pkh_extract.annotating.document.value_of` reads what they mean."""
    if not told:
        return []
    values = memory_of(doc).values
    for cue, value in told:
        values[cue.label_, cue.start, cue.end] = value
    return [Span(doc, cue.start, cue.end, label=cue.label_, span_id=cue.id_) for cue, _ in told]


def _credit_held(doc: Doc, starts: set[int]) -> None:
    """Note the verbs of holding, and the words that tell against it, that a place or venue follows closely
    (``starts``: where these begin)."""
    told = (*cues(doc, "place_held"), *cues(doc, "place_aside"))
    led = [cue for cue in told if not starts.isdisjoint(range(cue.end, cue.end + NEAR + 1))]
    if led:
        accept(doc, *sorted(led, key=attrgetter("start", "end")))


@Language.factory("pkh_places", default_config={"patterns": None}, requires=["doc.spans"], assigns=["doc.spans"])
def make_places(nlp: Language, name: str, patterns: str | None) -> Places:
    """Factory ``pkh_places``."""
    return Places(load_rules(patterns))
