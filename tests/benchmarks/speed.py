"""What a record costs, beside what others need for their first step; by hand, and by CI as a report.

``python tests/benchmarks/speed.py [FOLDER]`` reads the ``.txt`` and ``.html`` files of a folder (without one: the
project's own reports and saved pages) and prints, all from the same run:

* *texts*: from plain text to record, beside the stock tokenizer of spaCy's ``blank("id")`` on the same text; each
  report read for the first time by both, as a folder of articles is, and then once more, when both know its words;
  and their sentences that name no social aid, as most articles of a paper do;
* *pages*: from page to record, beside ``trafilatura.extract`` and ``BeautifulSoup(page, "lxml")`` on the same page;
* *stages*: where the time goes;
* *dates*: ``dateparser.search`` on the same texts;
* *start*: a first record, and ``--version``, from a cold start, beside the start of ``spacy.blank("id")``;
* *length*: a text of 1 MB beside one of 100 kB, and tenths of them.

Every round is a process of its own in which both take turns, article by article; a figure is the median of the rounds,
a ratio the median of the rounds' ratios. ``--rounds 1`` is quicker. trafilatura must be installed.
"""

from __future__ import annotations

import argparse
import itertools
import json
import pickle
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
OWN = (ROOT / "corpus" / "articles", ROOT / "tests" / "data" / "pages")
OURS = "pkh_extract, whole record"
FIRST = "pkh_extract, first record of a process"
SEARCHED = 10  # texts given to dateparser's search
SIZES = (10_000, 100_000, 1_000_000)  # characters
SENTENCE = "Sebanyak {n} KPM PKH Desa Lubuk Basung menerima bantuan Rp {n}.000 di balai desa, Selasa ({day}/3/2024). "
SAMPLE = "Bimtek PKH\n\nAGAM – Sebanyak 20 pendamping PKH Kabupaten Agam mengikuti bimtek, Selasa (5/3/2024)."
Readers = dict[str, Callable[[str | bytes], object]]


def articles(folders: list[Path]) -> tuple[list[str], list[bytes]]:
    """The texts of all reports, and the pages as bytes."""
    import pkh_extract

    paths = sorted(path for folder in folders for path in folder.iterdir() if path.suffix in {".txt", ".html", ".htm"})
    pages = [path.read_bytes() for path in paths if path.suffix != ".txt"]
    plain = [path.read_text("utf-8", errors="replace") for path in paths if path.suffix == ".txt"]
    return [*plain, *(pkh_extract.clean(page).text for page in pages)], pages


def quiet(text: str) -> str:
    """The sentences of a report that name no programme of social aid and no recipients."""
    from pkh_extract.annotating.programs.silence import silence

    names_none, kept = silence(), ""
    for sentence in text.split(". "):
        if names_none(f"{kept} {sentence}"):
            kept += f"{sentence}. "
    return kept


def in_turns(readers: Readers, items: list[str] | list[bytes]) -> dict[str, float]:
    """Milliseconds an item that each reader needs; they take turns item by item, each as often first as last."""
    spent: Counter[str] = Counter()
    order = list(readers.items())
    for item in items:
        for name, read in order:
            start = time.perf_counter()
            read(item)
            spent[name] += time.perf_counter() - start
        order = order[1:] + order[:1]
    return {name: 1000 * spent[name] / max(len(items), 1) for name in readers}


def stages(texts: list[str]) -> dict[str, float]:
    """Milliseconds a text for each stage on the way to a record, best of three rounds."""
    import pkh_extract
    from pkh_extract.annotating.document import make_doc, remember
    from pkh_extract.component import ARTICLE, record_of

    nlp = pkh_extract.load()
    best: dict[str, float] = {}
    for _ in range(3):
        spent: Counter[str] = Counter()
        for text in texts:
            marks = [("", time.perf_counter())]
            article = pkh_extract.clean(text, format="text")
            marks.append(("cleaning", time.perf_counter()))
            doc = make_doc(nlp, article.title, article.text, article.published)
            remember(doc, ARTICLE, (article, []))
            marks.append(("tokenizer", time.perf_counter()))
            for name, component in nlp.pipeline:
                doc = component(doc)
                marks.append((name, time.perf_counter()))
            record_of(doc)
            marks.append(("assembling", time.perf_counter()))
            for (_, before), (name, after) in itertools.pairwise(marks):
                spent[name] += after - before
        for name, seconds in spent.items():
            best[name] = min(seconds, best.get(name, seconds))
    return {name: 1000 * seconds / max(len(texts), 1) for name, seconds in best.items()}


def one_round(texts: list[str], pages: list[bytes]) -> dict[str, dict[str, float]]:
    """All figures of one process, in milliseconds an article."""
    import spacy
    import trafilatura
    from bs4 import BeautifulSoup

    import pkh_extract

    extractor, stock = pkh_extract.Extractor(), spacy.blank("id")
    extractor.warm()
    stock.make_doc(SAMPLE)
    trafilatura.extract(f"<html><body><p>{SAMPLE}</p></body></html>")
    plain: Readers = {
        OURS: lambda text: extractor.extract(text, format="text"),
        'spaCy blank("id"), tokenizer alone': lambda text: stock.make_doc(str(text)),
    }
    marked: Readers = {
        OURS: lambda page: extractor.extract(page, format="html"),
        "trafilatura.extract, text alone": lambda page: trafilatura.extract(page, include_comments=False),
        "BeautifulSoup with lxml, tree alone": lambda page: BeautifulSoup(page, "lxml"),
    }
    return {
        "texts, read for the first time": in_turns(plain, texts),
        "texts, read again": in_turns(plain, texts),
        "their sentences without social aid": in_turns(plain, [quiet(text) for text in texts]),
        "pages": in_turns(marked, pages),
    }


def last_round(texts: list[str]) -> dict[str, dict[str, float]]:
    """What one process is enough for: stages, dateparser's search, long texts."""
    from dateparser.search import search_dates

    import pkh_extract

    extractor = pkh_extract.Extractor()
    extractor.warm()
    searching: Readers = {
        OURS: lambda text: extractor.extract(text, format="text"),
        "dateparser.search_dates alone": lambda text: search_dates(str(text), languages=["id"]),
    }
    lengths = {}
    for size in SIZES:
        text = long_text(size)
        start = time.perf_counter()
        extractor.extract(text, format="text")
        lengths[f"{size:,} characters"] = 1000 * (time.perf_counter() - start)
    return {
        "stages of a text": stages(texts),
        "dates": in_turns(searching, texts[:SEARCHED]),
        "length": lengths,
    }


def long_text(size: int) -> str:
    """A report of so many characters, in paragraphs of five sentences, no two alike."""
    sentences = (SENTENCE.format(n=number + 10, day=number % 28 + 1) for number in range(size // 90 + 1))
    marked = (sentence + "\n\n" * (number % 5 == 4) for number, sentence in enumerate(sentences))
    return ("Penyaluran PKH di Agam\n\n" + "".join(marked))[:size]


def cold(*command: str) -> float:
    """Seconds from the start of a Python process to its end."""
    start = time.perf_counter()
    subprocess.run([sys.executable, *command], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def child(which: str, texts: list[str], pages: list[bytes]) -> dict[str, dict[str, float]]:
    """The figures of a process of its own, which has seen none of the texts."""
    command = [sys.executable, __file__, "--child", which]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, input=pickle.dumps((texts, pages)))
    answer: dict[str, dict[str, float]] = json.loads(done.stdout)
    return answer


def show(title: str, rounds: list[dict[str, float]], unit: str = "ms", ours: str = OURS) -> None:
    """One table: medians, and for what others need how much of it ours is."""
    print(f"\n{title}")
    for name in rounds[0]:
        line = f"  {median(one[name] for one in rounds):9.2f} {unit}  {name}"
        if ours in rounds[0] and name != ours:
            line += f": ours is {median(one[ours] / one[name] for one in rounds):.2f} of it"
        print(line, flush=True)


def report(folders: list[Path], rounds: int) -> None:
    """Prints everything."""
    texts, pages = articles(folders)
    size = sum(map(len, texts)) / max(len(texts), 1)
    print(f"{len(texts)} texts of {size:,.0f} characters on average, {len(pages)} pages; {rounds} rounds; per article:")
    found = [child("round", texts, pages) for _ in range(rounds)]
    for title in found[0]:
        show(title, [one[title] for one in found])
    last = child("last", texts, pages)
    show("stages of a text, read again", [last["stages of a text"]])
    show(f"dates, first {SEARCHED} texts", [last["dates"]])
    lengths = last["length"]
    show("length", [lengths])
    small, middle, large = lengths.values()
    print(f"  ten times the length: {middle / small:.1f} and {large / middle:.1f} times the time")
    starts = {
        FIRST: ("-c", f"import pkh_extract; pkh_extract.extract({SAMPLE!r})"),
        "pkh-extract --version": ("-m", "pkh_extract", "--version"),
        'spaCy, import and blank("id") alone': ("-c", "import spacy; spacy.blank('id')"),
    }
    found = [{name: cold(*command) for name, command in starts.items()} for _ in range(max(rounds, 3))]
    version = median(one.pop("pkh-extract --version") for one in found)
    show("cold start", found, "s ", FIRST)
    print(f"  {version:9.2f} s   pkh-extract --version")


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser(description="What a record costs beside what others need for their first step.")
    parser.add_argument("folders", nargs="*", type=Path, default=list(OWN), help="folders of .txt and .html files")
    parser.add_argument("--rounds", type=int, default=5, help="processes measured (default 5)")
    parser.add_argument("--child", choices=("round", "last"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        texts, pages = pickle.load(sys.stdin.buffer)  # from the process that started this one
        print(json.dumps(one_round(texts, pages) if options.child == "round" else last_round(texts)))
    else:
        report(options.folders, options.rounds)


if __name__ == "__main__":
    main()
