"""Which programme a figure speaks of. The figure is marked with brackets in the text."""

import pytest

import pkh_extract
from pkh_extract.annotating.document import make_doc
from pkh_extract.annotating.pipeline import load
from pkh_extract.annotating.programs import program_for

CASES = [
    ("Sebanyak [49] KPM PKH dan 28 KPM BPNT hadir.", "PKH"),
    ("Sebanyak 49 KPM PKH dan [28] KPM BPNT hadir.", "BPNT"),
    ("Sebanyak 49 KPM PKH dan [28] KPM BPNT/Sembako hadir.", "BPNT"),
    ("Penerima PKH [33] orang, untuk BST 50 orang.", "PKH"),
    ("Penerima PKH 33 orang, untuk BST [50] orang.", "BST"),
    ("Bantuan itu diberikan kepada [14.744] PKM non PKH, kata bupati soal PKH.", None),
    ("BPNT diterima 23.814 KPM PKH dan [14.744] PKM non PKH.", None),
    ("Penerima PKH terus naik. Jumlahnya kini [9.000] keluarga.", "PKH"),
    ("PKH tahap satu sudah cair. Bupati senang. Warga juga. Totalnya [Rp 12 miliar].", "PKH"),
    ("PKH dan BPNT cair. Totalnya [Rp 12 miliar].", None),
    ("PKH menelan Rp 3 miliar. BPNT menelan Rp 7 miliar. Total bantuan sosial di kota itu [Rp 10 miliar].", None),
    ("PKH menelan Rp 3 miliar. BPNT menelan Rp 7 miliar. Total bantuan PKH di kota itu [Rp 9 miliar].", "PKH"),
    ("PKH cair di 4 kecamatan. Total bantuan sosial di kota itu [Rp 10 miliar].", "PKH"),
    ("BPNT cair. Khusus PKH, sasarannya 640 KPM dengan total bantuan [Rp 3 miliar].", "PKH"),
    ("BST senilai [Rp 600.000] dibagikan, sedangkan PKH menyusul.", "BST"),
    ("Sebanyak [40] warga hadir di balai desa.", None),
    ("Dana PKH [Rp 3 miliar] disalurkan kepada 4.000 keluarga.", "PKH"),
    ("Program Keluarga Harapan (PKH) menyasar [5.827] KPM, BPNT 10.706 KPM.", "PKH"),
    ("Program Keluarga Harapan (PKH) menyasar 5.827 KPM, BPNT [10.706] KPM.", "BPNT"),
    ("Bansos PKH dan Sembako kepada [4.044] KPM dibagikan.", None),
    ("Sebanyak [310] KPM PKH/BPNT hadir.", None),
    ("Sebanyak [310] KPM PKH dan BPNT hadir.", None),
    ("Bantuan tunai (BLT BBM, BPNT dan PKH) dibagikan kepada [90] warga.", None),
    ("Program Keluarga Harapan (PKH) dan Bantuan Pangan Non Tunai (BPNT) untuk [77] keluarga cair.", None),
    ("Program Keluarga Harapan (PKH) untuk [77] keluarga cair.", "PKH"),
    ("Ada [9.000] KPM PKH, BPNT 10.706 KPM.", "PKH"),
    ("Ada 9.000 KPM PKH, BPNT [10.706] KPM.", "BPNT"),
    ("PKH cair. Selain itu ada bantuan lanjut usia bagi [640] jiwa.", None),
    ("PKH cair, serta bantuan penyandang disabilitas bagi [415] jiwa.", None),
    ("PKH cair. Ada pula santunan kematian. Totalnya [Rp 12 juta].", None),
    ("PKH cair untuk [80] keluarga. Selain itu ada bantuan lanjut usia bagi 640 jiwa.", "PKH"),
    ("Bantuan PKH lansia diterima [31] lansia.", "PKH"),
    ("PKH Rp 2 miliar dan BPNT [Rp 3 miliar] cair.", "BPNT"),
    ("PKH [Rp 2 miliar] dan BPNT Rp 3 miliar cair.", "PKH"),
    # sembako that is the programme's, and other sembako
    ("PKH diterima 900 keluarga, sedangkan untuk bantuan sembako [1.200] keluarga.", "BPNT"),
    ("PKH diterima [900] keluarga, sedangkan untuk bantuan sembako 1.200 keluarga.", "PKH"),
    ("Penerima PKH didata. Sebanyak 36 KPM mendapat PKH, [405] KPM menerima bantuan sembako.", None),
    ("BPNT cair. Ada [405] KPM menerima bantuan sembako.", "BPNT"),
    ("PKH cair. Total anggarannya [Rp 12 miliar], sementara bantuan sembako 90 keluarga.", "PKH"),
    # sums, denials, slips
    ("Penerima PKH 1.376 KK dan BST 669 KK, total [2.045] KK.", None),
    ("Penerima PKH 1.376 KK dan BST [669] KK, total 2.045 KK.", "BST"),
    ("Ada PKH dan BPNT. Dua program ini menelan [Rp 80 miliar].", None),
    ("Di luar PKH, ada BPNT yang dinikmati 459.980 KPM. Sebanyak [13.865] KPM ada di kota itu.", "BPNT"),
    ("Bansos non tunai Program Keluarga Harapan bagi [350] KK cair.", "PKH"),
    ("Bansos Pogram Keluaga Harapan diterima [90] keluarga.", "PKH"),
    ("PKH diterima 10 juta KPM, kartu sembako 19 juta KPM, bantuan sosial tambahan ada [9 juta] KPM.", None),
    ("Penerima PKH dan NonPKH seluruhnya [664] KPM.", None),
    ("Terdiri dari 325 KPM PKH dan [339] KPM NonPKH.", None),
]


@pytest.fixture(scope="module")
def nlp():
    return load()


@pytest.mark.parametrize(("text", "code"), CASES)
def test_program_for(nlp, text, code):
    start, end = text.index("["), text.index("]") - 1
    doc = nlp(make_doc(nlp, None, text.replace("[", "").replace("]", "")))
    span = doc.char_span(start, end, alignment_mode="expand")
    assert program_for(span) == code


@pytest.mark.parametrize(
    ("text", "programs"),
    [
        ("PKH cair. Bantuan pangan berupa beras 10 kilogram juga dibagikan.", ["PKH", "BERAS"]),
        ("PKH dan bantuan pangan nontunai cair. Warga mengeluh karena bantuan pangan berupa paket.", ["PKH", "BPNT"]),
        ("PKH dan BPNT cair. Bantuan pangan berupa beras 10 kilogram juga dibagikan.", ["PKH", "BPNT", "BERAS"]),
        ("PKH dan BLT Kesra cair. Penerima bantuan langsung tunai itu 40 orang.", ["PKH", "BLT_KESRA"]),
        ("PKH cair. Bantuan Langsung Tunai (BLT) tahap satu cair. BLT-DD dari desa.", ["PKH", "BLT_DD"]),
        ("PKH cair. Penerima BLT antre. BLT BBM cair, lalu BLT Desa.", ["PKH", "BLT", "BLT_BBM", "BLT_DD"]),
        ("Keluarga di luar PKH, BLT dan BLT DD didata. BLT cair.", ["PKH", "BLT", "BLT_DD"]),
        ("PKH dan bantuan beras sejahtera cair.", ["PKH", "RASTRA"]),
    ],
)
def test_a_short_name_stands_for_the_longer_one_of_the_article(text: str, programs: list[str]):
    assert list(pkh_extract.extract(text).programs) == programs


@pytest.mark.parametrize(
    ("text", "program"),
    [
        ("Hari itu RTLH diserahkan, wisuda graduasi bagi 32 KPM digelar. PKH juga cair.", "PKH"),
        ("Hari itu RTLH diserahkan kepada 32 KPM. PKH juga cair.", "RTLH"),
    ],
)
def test_nobody_graduates_from_a_house(text: str, program: str):
    (figure,) = pkh_extract.extract(text, format="text").kpm
    assert figure.program == program
