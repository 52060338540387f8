"""Component ``pkh_places``: the places that a document names, and which areas they are.

Puts into ``doc.spans``: ``pkh_places`` and ``pkh_villages`` (value
:class:`~pkh_extract.annotating.places.values.Place`), ``pkh_venues`` (:class:`~.values.Venue`), ``pkh_offices``
(:class:`~.values.Office`) and ``pkh_place_parts`` (villages, hamlets, streets, rivers: names with the word before them,
without a value). Where an event took place is answered by :mod:`pkh_extract.annotating.places.choose`.
"""

from __future__ import annotations

from collections import Counter
from operator import attrgetter

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from pkh_extract.annotating.document import accept, new_span, register
from pkh_extract.annotating.lexicon import cues
from pkh_extract.annotating.places.bare import Districts, dateline_district, find_bare
from pkh_extract.annotating.places.context import NEAR, Context
from pkh_extract.annotating.places.mentions import Finder, Mention
from pkh_extract.annotating.places.offices import find_offices
from pkh_extract.annotating.places.payload import payloads
from pkh_extract.annotating.places.senses import Resolver, common
from pkh_extract.annotating.places.values import Place
from pkh_extract.annotating.places.venues import find_venues
from pkh_extract.annotating.places.villages import VillageFinder
from pkh_extract.gazetteer import load_gazetteer
from pkh_extract.gazetteer.names import level_of
from pkh_extract.rules import RuleSet, builtin_folder, load_rules

KEY = "pkh_places"


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
        context = Context(doc, self.rules, self.gazetteer)
        mentions = self.finder.find(context)
        resolver = Resolver(context.tokens, mentions, self.gazetteer, self._civil(context), context.village_names())
        resolver.resolve()
        for mention, code in self._bare(context, mentions, resolver):
            resolver.narrowed[len(mentions)], resolver.codes[len(mentions)] = (code,), code
            mentions.append(mention)
        finder = VillageFinder(context, mentions, resolver)
        villages = filter_spans([*finder.find(), *finder.find_bare()])
        places = [span for index in range(len(mentions)) if (span := self._place(doc, index, resolver)) is not None]
        places.sort(key=attrgetter("start"))
        venues = find_venues(doc, self.rules, places, context.parts)
        doc.spans["pkh_villages"] = villages
        doc.spans[KEY] = places
        doc.spans["pkh_place_parts"] = context.part_spans()
        doc.spans["pkh_venues"] = venues
        doc.spans["pkh_offices"] = find_offices(doc, self.rules, places, villages)
        _credit_held(doc, {span.start for span in (*places, *venues)})
        return doc

    def _civil(self, context: Context) -> Counter[str]:
        """How often the text names heads and offices of a kota, of a kabupaten."""
        named = (self.rules[cue.id_] for cue in (*context.offices, *cues(context.doc, "place_level")))
        return Counter(rule.level for rule in named if rule.civil and rule.level in {"kota", "kabupaten"})

    def _bare(self, context: Context, mentions: list[Mention], resolver: Resolver) -> list[tuple[Mention, str]]:
        """Districts without a level word, with their codes."""
        if regencies := resolver.regencies():
            return list(find_bare(context, mentions, self.districts, regencies))
        alone = dateline_district(context, self.gazetteer, resolver.provinces)
        return [(alone, alone.codes[0])] if alone is not None else []

    def _place(self, doc: Doc, index: int, resolver: Resolver) -> Span | None:
        """The span of a mention, its cues accepted; none for what is no place after all."""
        mention, codes, decided = resolver.mentions[index], resolver.narrowed[index], resolver.codes.get(index)
        if mention.hint == "district" and not mention.explicit and decided is None:
            return None
        shared = decided or common(codes)
        level = level_of(decided) if decided else "province" if shared else None
        if mention.credits:
            accept(doc, *mention.credits)
        place = Place(decided, codes, level, mention.kind, mention.explicit)
        return new_span(doc, mention.start, mention.end, "place", mention.rule, place)


def _credit_held(doc: Doc, starts: set[int]) -> None:
    """Note the verbs of holding, and the words that tell against it, that a place or venue follows closely
    (``starts``: where these begin)."""
    for cue in cues(doc, "place_held", "place_aside"):
        if not starts.isdisjoint(range(cue.end, cue.end + NEAR + 1)):
            accept(doc, cue)


@Language.factory("pkh_places", default_config={"patterns": None})
def make_places(nlp: Language, name: str, patterns: str | None) -> Places:
    """Factory ``pkh_places``."""
    return Places(load_rules(patterns))
