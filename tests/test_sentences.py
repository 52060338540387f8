"""Where sentences end (component ``pkh_sentences``)."""

from __future__ import annotations

import pytest

import pkh_extract

# One text a row; "|" stands where a sentence must end and another begin.
TEXTS = """
Bantuan PKH cair pada tahap I. |Sebanyak 500 KPM menerima.
Pencairan tahap II. |Warga antre.
Oleh H. Ahmad M. Nur di aula.
I Gede P. Sukarta hadir. |Ia pulang sore.
Kepala dinas Rina, S.IP., M.Si. membuka bimtek PKH.
Rina, S.Farm. mengatakan PKH cair.
Yang membuka Budi, M.Si. |Ia menambahkan pesan.
Pendamping Budi dkk. mengikuti bimtek.
Warga RT. 02 RW. 03 Desa Anu hadir.
Bantuan dibagikan lewat ketua RT. |Warga senang.
Hadir 40 orang.Dengan itu rakor ditutup.
Penerima 10.824 KPM. |Jumlah itu naik.
"Cair semua." |Begitu katanya.
Kantornya di Jl. Asoka Kec. Bungo. |Rakor ditutup.
"""


@pytest.mark.parametrize("row", TEXTS.strip().splitlines())
def test_sentences_end_here_and_nowhere_else(row):
    wanted = row.replace("orang.Dengan", "orang.|Dengan").split("|")
    text = "".join(wanted)
    assert [span.text for span in pkh_extract.load()(text).sents] == [part.strip() for part in wanted]


def test_a_paragraph_ends_a_sentence():
    sentences = pkh_extract.load()("Rakor PKH\n\nAGAM – Rakor digelar").sents
    assert [span.text.strip() for span in sentences] == ["Rakor PKH", "AGAM – Rakor digelar"]
