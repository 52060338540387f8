"""The text of saved pages against trafilatura, by hand, and what a page costs by its size.

``python tests/benchmarks/pages.py AEB`` reads the pages of a checkout of
https://github.com/scrapinghub/article-extraction-benchmark (MIT) and scores their texts with that benchmark's own
metric (shingles of four words; precision and recall averaged over pages); trafilatura must be installed beside this
package. Both work through all pages by turns, three times; the best time of each page counts.

``python tests/benchmarks/pages.py --sizes`` makes pages of 0.1 to 10 MB and prints the seconds that each MB takes.
"""

from __future__ import annotations

import argparse
import gc
import gzip
import importlib.util
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pkh_extract

ROUNDS = 3
SIZES = (0.1, 0.3, 1.0, 3.0, 10.0)  # megabytes
PARAGRAPH = (
    "<p>Sebanyak {n} keluarga penerima manfaat PKH menerima bantuan di balai desa, kata camat kepada warga.</p>\n"
)
TEASER = "<div class='x{n}'><a href='/{n}'>Harga cabai naik {n} rupiah di pasar</a><img src='{n}.jpg'></div>\n"


def cleaned(page: bytes) -> str:
    """The text by this package."""
    return pkh_extract.clean(page).text


def readers() -> dict[str, Callable[[bytes], str]]:
    """Name to a function from a page to its text."""
    import trafilatura
    from lxml import etree

    return {
        f"pkh_extract {pkh_extract.__version__}": cleaned,
        f"trafilatura {trafilatura.__version__}": lambda page: trafilatura.extract(page, include_comments=False) or "",
        "lxml, parsing only": lambda page: str(etree.fromstring(page, etree.HTMLParser(encoding="utf-8")) is None),
    }


def metric(checkout: Path) -> ModuleType:
    """The benchmark's own module of scores."""
    spec = importlib.util.spec_from_file_location("aeb_evaluate", checkout / "evaluate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def compare(checkout: Path) -> None:
    """Prints F1, precision, recall and time of each reader."""
    if not (checkout / "ground-truth.json").is_file():
        sys.exit(f"There is no ground-truth.json in {checkout}; give a checkout of article-extraction-benchmark.")
    truth = json.loads((checkout / "ground-truth.json").read_text("utf-8"))
    pages = {name: gzip.decompress((checkout / "html" / f"{name}.html.gz").read_bytes()) for name in truth}
    scores, found = metric(checkout), readers()
    texts: dict[str, dict[str, str]] = {name: {} for name in found}
    best: dict[str, dict[str, float]] = {name: {} for name in found}
    for page in list(pages)[:20]:
        for read in found.values():
            read(pages[page])  # what is made once a process is not part of a page's time
    for _ in range(ROUNDS):
        for name, read in found.items():
            gc.collect()  # nobody pays for what the one before left
            for page, data in pages.items():
                start = time.perf_counter()
                texts[name][page] = read(data)
                took = time.perf_counter() - start
                best[name][page] = min(took, best[name].get(page, took))
    sums = {name: sum(times.values()) for name, times in best.items()}
    other = next(name for name in sums if name.startswith("trafilatura"))
    print(f"{len(pages)} pages{'':20}     F1  precision  recall  ms a page  share of trafilatura's time")
    for name in found:
        counts = [scores.string_shingle_matching(truth[page]["articleBody"], texts[name][page]) for page in pages]
        line = f"{name:32}"
        if not name.startswith("lxml"):
            got = scores.metrics_from_tp_fp_fns(counts)
            line += f"{got['f1']:.4f}     {got['precision']:.4f}  {got['recall']:.4f}"
        else:
            line += " " * 25
        print(f"{line} {1000 * sums[name] / len(pages):>10.1f} {sums[name] / sums[other]:>12.2f}")


def made(megabytes: float) -> bytes:
    """A page of that size: a report among teasers, half and half."""
    parts, size, number = ["<html><body><article><h1>Bantuan PKH Cair di Seribu Desa Kabupaten Mekar</h1>"], 0, 0
    while size < megabytes * 500_000:
        number += 1
        parts.append(PARAGRAPH.format(n=number))
        size += len(parts[-1])
    parts.append("</article>")
    while size < megabytes * 1_000_000:
        number += 1
        parts.append(TEASER.format(n=number))
        size += len(parts[-1])
    return "".join([*parts, "</body></html>"]).encode()


def sizes() -> None:
    """Prints the cost of pages by size."""
    print("megabytes  seconds  seconds a megabyte  letters of text")
    cleaned(made(0.1))
    for megabytes in SIZES:
        page = made(megabytes)
        took = []
        for _ in range(ROUNDS):
            start = time.perf_counter()
            text = cleaned(page)
            took.append(time.perf_counter() - start)
        print(f"{megabytes:>9} {min(took):>8.2f} {min(took) / megabytes:>19.2f} {len(text):>16}")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("checkout", nargs="?", type=Path, help="a checkout of article-extraction-benchmark")
    parser.add_argument("--sizes", action="store_true", help="the cost of pages of 0.1 to 10 MB")
    args = parser.parse_args()
    if args.sizes:
        sizes()
    elif args.checkout:
        compare(args.checkout)
    else:
        parser.error("give a checkout of article-extraction-benchmark, or --sizes")


if __name__ == "__main__":
    main()
