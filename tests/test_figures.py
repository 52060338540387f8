"""What numbers count: participants, staff in post, recipients and their measures, rupiah."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pkh_extract.annotating.document import make_doc
from pkh_extract.annotating.kpm.component import households
from pkh_extract.annotating.money.component import amounts
from pkh_extract.annotating.people.component import people

# text -> (role, count) of those who came, (role, count) of those in post
PEOPLE = [
    ("Bimtek diikuti 86 pendamping PKH dan satu koordinator PKH.",
     {("pkh_facilitator", 86), ("pkh_coordinator", 1)}, set()),
    ("Dinas Sosial melatih 40 pendamping PKH di aula.", {("pkh_facilitator", 40)}, set()),
    ("Sebanyak 75 pendamping sosial ikuti bimtek PKH.", {("pkh_facilitator", 75)}, set()),
    ("Peserta bimtek PKH berjumlah 27 pendamping.", {("pkh_facilitator", 27)}, set()),
    ("Rakor PKH dihadiri 26 petugas pendamping.", {("pkh_facilitator", 26)}, set()),
    ("Diklat PKH diikuti tiga puluh sembilan pendamping.", {("pkh_facilitator", 39)}, set()),
    ("Rakor PKH diikuti 270 koordinator dan pendamping.", {("pkh_staff", 270)}, set()),
    ("Rapat koordinasi PKH ini dihadiri 18 camat.", {("official", 18)}, set()),
    ("Peserta rakor PKH meliputi 15 korkab, 15 operator dan camat.", {("pkh_coordinator", 15), ("pkh_operator", 15)},
     set()),
    ("Jambore PKH diikuti 350 pendamping dari 11 kabupaten dan 211 keluarga penerima manfaat.",
     {("pkh_facilitator", 350), ("kpm", 211)}, set()),
    ("Wisuda KPM PKH digelar di pendopo. Bupati menyerahkan piagam kepada 25 KPM.", {("kpm", 25)}, set()),
    ("Sebanyak 63 pendamping PKH lolos jadi PPPK dan menerima SK.", set(), {("pkh_facilitator", 63)}),
    ("Total SDM PKH di kabupaten ini saat ini berjumlah 63 orang.", set(), {("pkh_staff", 63)}),
    ("Jumlah KPM PKH sebanyak 112.540 dengan pendamping sebanyak 426 orang.", set(), {("pkh_facilitator", 426)}),
    ("Kabupaten itu memiliki 79 pendamping PKH.", set(), {("pkh_facilitator", 79)}),
    ("Mereka didampingi 437 SDM PKH.", set(), {("pkh_staff", 437)}),
    ("Pendamping PKH sebanyak 75 orang. Ditambah 5 operator dan 2 koordinator.", set(),
     {("pkh_facilitator", 75), ("pkh_operator", 5), ("pkh_coordinator", 2)}),
    ("Kabupaten itu masih butuh 20 pendamping PKH.", set(), set()),
    ("Dinas mengusulkan 32 pendamping PKH ke kementerian.", set(), set()),
    ("Setiap pendamping PKH di daerah itu menangani 250 KPM.", set(), set()),
    ("Dana pendamping PKH Rp438 juta.", set(), set()),
    ("Bimtek PKH digelar untuk pendamping dari 12 kecamatan.", set(), set()),
    ("Verifikasi data PKH dimulai. Yang dikerahkan 18 petugas dari pendamping PKH.", {("pkh_facilitator", 18)}, set()),
    ("Verifikasi data PKH. Dinas mengerahkan 9 petugas dari unsur pendamping.", {("pkh_facilitator", 9)}, set()),
    ("Sosialisasi PKH digelar. Tampak hadir Kepala Desa Ibu Rini, Babinsa Sersan Budi, Bapak Karta dari BPD, "
     "perangkat desa serta 100 kepala keluarga penerima bantuan.", {("kpm", 100)}, set()),
    ("Sosialisasi PKH digelar. Peserta sosialisasi di Mandai, sekitar 80 warga yang dibagi menjadi enam kelompok.",
     {("resident", 80)}, set()),
    ("P2K2 digelar. Di kecamatan itu jumlah peserta Program Keluarga Harapan sebanyak 1.210 KPM.", set(), set()),
    ("Jambore PKH diikuti 320 pendamping yang datang dari 9 kabupaten serta 140 kepala keluarga penerima manfaat.",
     {("pkh_facilitator", 320), ("kpm", 140)}, set()),
    ("Bimtek PKH digelar. Sepanjang tahun 2020, pendamping PKH yang telah dilatih sebanyak 2.640 orang.", set(), set()),
    ("Yang ditangkap jaksa dalam kasus korupsi PKH sudah lima orang.", {("suspect", 5)}, set()),
    ("Jaksa mengusut dugaan korupsi PKH. Pendamping menahan kartu 40 KPM.", set(), set()),
    ("Sebanyak 1.252 KPM PKH di kota itu didampingi oleh 59 orang.", set(), {("pkh_facilitator", 59)}),
    ("Graduasi PKH di sana, menurut Koordinator PKH Kabupaten Lebak, Asep, ada 400 lebih.", set(), set()),
    ("Kalau ditambah koordinator wilayah PKH, koordinator kabupaten, operator, kata Yosef, jumlahnya total 114 orang.",
     set(), {("pkh_staff", 114)}),
    ("Kini, ada 90 pendamping PKH di kota itu.", set(), {("pkh_facilitator", 90)}),
    ("Rakor PKH diikuti 40 orang dari 12 kecamatan.", {("participant", 40)}, set()),
    ("Bimtek PKH diikuti ratusan pendamping.", set(), set()),
]  # fmt: skip

# text -> (measure, value) of recipients
KPM = [
    ("Jumlah penerima PKH di kota itu mencapai 21.853 Keluarga Penerima Manfaat (KPM).", {("recipients", 21853)}),
    ("Jumlah KPM-PKH : 9,623.", {("recipients", 9623)}),
    ("KPM PKH di daerah itu tercatat ada 16.408 yang tersebar di 10 kecamatan.", {("recipients", 16408)}),
    ("Bansos PKH disalurkan kepada 6.275 KPM.", {("served", 6275)}),
    ("Sebanyak 118 KPM PKH mundur secara mandiri.", {("graduated", 118)}),
    ("Bupati mewisuda 100 orang penerima PKH.", {("graduated", 100)}),
    ("Sebanyak 51 dari 91 KPM PKH menyatakan mundur.", {("graduated", 51), ("recipients", 91)}),
    ("Sebanyak 1.436 KPM PKH dicoret dari daftar.", {("removed", 1436)}),
    ("Kuota PKH untuk kabupaten itu 12.408 KPM.", {("eligible", 12408)}),
    ("Penerima PKH bertambah sebanyak 147 KPM menjadi 395 KPM.", {("added", 147), ("recipients", 395)}),
    ("Penerima PKH berkurang dari 4.370 menjadi 3.628 KPM.", {("recipients", 4370), ("recipients", 3628)}),
    ("Satu pendamping PKH mendampingi 250 KPM.", {("caseload", 250)}),
    ("Tim mengunjungi 15 KPM PKH secara acak.", {("verified", 15)}),
    ("Yang belum tersalurkan masih ada 1.164 KPM PKH.", {("other", 1164)}),
    ("Dana PKH cair. Rinciannya, Kecamatan Amahai 3.230 KPM, Banda 1.064 KPM dan Masohi 940 KPM.",
     {("served", 3230), ("served", 1064), ("served", 940)}),
    ("Penerima PKH sebanyak 540 KPM. Kecamatan Tepus 120, Kecamatan Ngawen 63, Kecamatan Rongkop 357.",
     {("recipients", 540), ("recipients", 120), ("recipients", 63), ("recipients", 357)}),
    ("Penduduk kabupaten penerima PKH itu 640 ribu jiwa.", set()),
    ("KPM PKH mendapat beras 15 kilogram selama 3 bulan di 12 kecamatan.", set()),
    ("Kemiskinan turun 10 persen berkat PKH.", set()),
    ("Penerima PKH di kota itu berkurang 47 menjadi 2.953 KPM.", {("removed", 47), ("recipients", 2_953)}),
    ("Dari 812 KPM PKH di nagari itu, 26 KPM mengundurkan diri.", {("recipients", 812), ("graduated", 26)}),
    ("Jumlah KPM PKH naik dari 6 ribu orang menjadi 9 ribu orang.", {("recipients", 6_000), ("recipients", 9_000)}),
    ("Ulang tahun ke tiga KPM PKH itu meriah.", set()),
    ("KPM PKH tidak tertransaksi 1.130 KPM, tidak terdistribusi 205 KPM, seluruhnya 1.335 KPM.",
     {("other", 1_130), ("other", 205), ("other", 1_335)}),
    ("Dari 109 ribu warga miskin yang masuk DTKS, 3.000 warga dicoret sebagai penerima PKH.", {("removed", 3_000)}),
    ("KPM PKH di kota itu 9.000 KPM, semua terdaftar di DTKS.", {("recipients", 9_000)}),
    ("Warga miskin di kota itu 30 ribu jiwa, yang dapat PKH 9.623 KK.", {("recipients", 9_623)}),
    ("PKH di kota itu mencakup 3.100 anak SD, 900 lansia dan 120 disabilitas.", set()),
    ("Bantuan PKH diterima 900 lansia.", {("served", 900)}),
    ("Tercatat 930 KPM PKH tidak mau keluar walau sudah sejahtera.", {("other", 930)}),
    ("Penerima PKH: Kilo 410 KPM, Kempo 305, Pajo 190, dan Hu'u 275.",
     {("recipients", 410), ("recipients", 305), ("recipients", 190), ("recipients", 275)}),
    ("Labelisasi rumah penerima PKH dimulai, sudah disiapkan 16 ribu stiker.", set()),
    ("Kalau dihitung, 93 KPM PKH kali Rp 200 ribu sudah besar.", set()),
    ("Jika ada 50 KPM PKH yang mundur, kuota diganti.", set()),
    ("Kalau tahun lalu penerima PKH 500 KPM, kini 640 KPM.", {("recipients", 500), ("recipients", 640)}),
    ("Penyaluran bansos PKH kepada 640 KPM ditunda hingga pekan depan.", {("recipients", 640)}),
    ("Penyaluran bansos PKH untuk 640 KPM di dua desa yang sedianya Senin batal.", {("recipients", 640)}),
    ("Penerima PKH di kota itu, kata Rini, totalnya 4.655 peserta.", {("recipients", 4_655)}),
    ("Graduasi murni PKH 513 KPM, sedangkan yang ikut PPSE 374 KPM.", {("graduated", 513), ("other", 374)}),
    ("KPM PKH tidak tertransaksi sebanyak 1.130, belum sempat didistribusikan 205 KPM.",
     {("other", 1_130), ("other", 205)}),
    ("Ratih, ibu dari dua orang putra, menerima PKH.", set()),
    ("Menurut data, ada selisih 214 KPM.", {("other", 214)}),
    ("KPM PKH ke-32 itu bernama Siti (26).", set()),
    ("Satu KPM PKH dengan yang lain berbeda.", set()),
    ("Rapat PKH digelar pada tahun 2023 KPM tidak hadir.", set()),
]  # fmt: skip

# text -> (kind, value, value_max) of amounts
MONEY = [
    ("Total bantuan PKH sebesar Rp14.608.310.425.", {("total", 14_608_310_425, None)}),
    ("Per KPM menerima Rp. 750.000,- setiap tahap.", {("per_recipient", 750_000, None)}),
    ("Dana PKH Rp 58,314 miliar cair.", {("total", 58_314_000_000, None)}),
    ("Dana PKH Rp. 2,3 Milyar cair.", {("total", 2_300_000_000, None)}),
    ("Total dana PKH Rp 154 M.", {("total", 154_000_000_000, None)}),
    ("Total dana PKH Rp 1,5 M.", {("total", 1_500_000_000, None)}),
    ("Setiap KPM memperoleh 200 ribu rupiah.", {("per_recipient", 200_000, None)}),
    ("Insentif Rp400-600 ribu dianggarkan.", {("budget", 400_000, 600_000)}),
    ("Kerugian negara dalam korupsi PKH Rp 386 juta.", {("loss", 386_000_000, None)}),
    ("Kerugian negara 300 juta, 200 juta.", {("loss", 300_000_000, None), ("loss", 200_000_000, None)}),
    ("Setiap KK menerima Rp. 500.000 Ribu.", {("per_recipient", 500_000, None)}),
    ("Per KPM Rp.150.000 x 2 Rp 300.000.", {("per_recipient", 150_000, None), ("per_recipient", 300_000, None)}),
    ("Pungutan PKH antara Rp 200 rupiah sampai Rp 75 ribu.", {("loss", 200, 75_000)}),
    (
        "Dana PKH total Rp1.426.250.000 (satu milyar empat ratus enam dua ratus lima puluh ribu rupiah).",
        {("total", 1_426_250_000, None)},
    ),
    (
        "Total dana PKH Rp 4 miliar (dua juta rupiah per KPM).",
        {("total", 4 * 10**9, None), ("per_recipient", 2 * 10**6, None)},
    ),
    (
        "Dana PKH dipotong, dulu 30.000 rupiahji, sekarang 50.000 rupiahmi.",
        {("loss", 30_000, None), ("loss", 50_000, None)},
    ),
    ("Jutaan rupiah uang PKH raib.", set()),
    ("Penerima PKH kini 10 juta.", set()),
]


@pytest.mark.parametrize(("text", "came", "in_post"), PEOPLE)
def test_people(annotate, text, came, in_post):
    found = [value for _, value in people(annotate(text))]
    assert {(value.role, value.count) for value in found if value.presence == "attended"} == came
    assert {(value.role, value.count) for value in found if value.presence == "in_post"} == in_post


@pytest.mark.parametrize(("text", "expected"), KPM)
def test_households(annotate, text, expected):
    assert {(value.measure, value.value) for _, value in households(annotate(text))} == expected


@pytest.mark.parametrize(("text", "expected"), MONEY)
def test_amounts(annotate, text, expected):
    assert {(value.kind, value.value, value.value_max) for _, value in amounts(annotate(text))} == expected


def test_breakdown_by_role(annotate):
    doc = annotate("Bimtek PKH diikuti 264 peserta, terdiri dari 260 pendamping dan 4 koordinator kabupaten.")
    found = [value for _, value in people(doc)]
    assert [(value.role, value.count, value.total) for value in found] == [
        ("participant", 264, None), ("pkh_facilitator", 260, found[0].figure), ("pkh_coordinator", 4, found[0].figure),
    ]  # fmt: skip
    assert not doc._.pkh_warnings


@pytest.mark.parametrize(
    ("text", "warned"),
    [
        ("Bimtek PKH diikuti 264 peserta, terdiri dari 250 pendamping dan 4 koordinator.", True),
        ("Bimtek PKH diikuti 264 peserta, di antaranya 250 pendamping dan 4 koordinator.", False),
        ("PKH disalurkan kepada 100 KPM, rinciannya Desa Sari 60 KPM dan Desa Jaya 50 KPM.", True),
        ("PKH disalurkan kepada 110 KPM, rinciannya Desa Sari 60 KPM dan Desa Jaya 50 KPM.", False),
        ("PKH disalurkan kepada 100 KPM lebih, rinciannya Desa Sari 60 KPM dan Desa Jaya 50 KPM.", False),
        ("PKH disalurkan kepada 120 KPM lebih, rinciannya Desa Sari 60 KPM dan Desa Jaya 50 KPM.", True),
        ("PKH disalurkan kepada sekitar 105 KPM, rinciannya Desa Sari 60 KPM dan Desa Jaya 50 KPM.", False),
    ],
)
def test_parts_that_do_not_add_up_are_warned_of(annotate, text, warned):
    codes = [warning.code for warning in annotate(text)._.pkh_warnings or []]
    assert ("breakdown_mismatch" in codes) == warned


@pytest.mark.parametrize(
    ("title", "text", "kpm", "rupiah"),
    [
        ("22 Ribu Lebih KPM Terima PKH", "Bansos PKH disalurkan kepada 22.518 KPM.", [22518], []),
        ("Rp22,4 Miliar Dana PKH Cair", "Dana PKH yang cair Rp22.471.625.000.", [], [22_471_625_000]),
        ("Hampir 23 Ribu KPM Terima PKH", "Bansos PKH disalurkan kepada 22.918 KPM.", [22918], []),
        ("22 Ribu KPM Terima PKH", "Bansos PKH disalurkan kepada 24.518 KPM.", [22000, 24518], []),
        ("500 KPM Terima PKH", "Bansos PKH disalurkan kepada 512 KPM.", [500, 512], []),
    ],
)
def test_a_headline_that_rounds_a_number_of_the_text_is_no_figure_of_its_own(nlp, title, text, kpm, rupiah):
    record = nlp(make_doc(nlp, title, text))._.pkh_record
    assert sorted(figure.value for figure in record.kpm) == kpm
    assert [amount.value for amount in record.amounts] == rupiah


@pytest.mark.parametrize(
    ("told", "codes"),
    [
        ((("Agam", "742"), ("Solok", "742")), ["13.06", "13.02"]),
        ((("Agam", "742"), ("Solok", "742"), ("Solok", "742")), ["13.06", "13.02"]),
        ((("Agam", "742"), ("Solok", "742"), ("Agam", "742")), ["13.06", "13.02"]),
        ((("Agam", "742"), ("Agam", "742")), ["13.06"]),
    ],
)
def test_equal_figures_of_two_areas_are_two_and_a_repetition_is_none(nlp, told, codes):
    sentences = [f"Di Kabupaten {place} ada {count} KPM. Warga senang." for place, count in told]
    record = nlp(make_doc(nlp, None, "Bansos PKH cair di Sumatera Barat. " + " ".join(sentences)))._.pkh_record
    assert [figure.area.code for figure in record.kpm if figure.area] == codes


def test_a_text_may_end_with_the_bracket_behind_a_noun(annotate):
    ((span, _),) = households(annotate("Bansos PKH disalurkan kepada 5 KPM ("))
    assert span.text.startswith("5 KPM")


@given(
    st.text(
        alphabet=st.sampled_from("0123456789.,-–() RpKPMkpm pendamping juta ribu sebanyak dari dan\n"), max_size=120
    )
)
def test_no_text_breaks_the_figures(annotate, text):
    doc = annotate(text)
    for read in (people, households, amounts):
        assert all(span.text in text for span, _ in read(doc))


def test_a_header_row_names_what_the_rows_count(annotate):
    text = (
        "PKH disalurkan.\n\nKecamatan KPM Rp\n\nSukamaju 1.310 982.500.000\n\nSukasari 845 633.750.000\n\nSukajadi 77 1"
    )
    assert [value.value for _, value in households(annotate(text))] == [1_310, 845, 77]


@pytest.mark.parametrize(
    "text",
    [
        "Jumlahnya 44 KPM, lalu naik 55 orang pendamping ",
        "Bimtek PKH diikuti 94 pendamping PKH. ",
        "bantuan pangan dan PKH serta BPNT ",
        "47 warga penerima dari 640 warga PKH, 131 KPM di Desa Suci. ",
        "Secara nasional ada 12.500 KPM PKH. ",
        "Bimtek PKH diikuti 264 peserta terdiri dari 30 pendamping dan 20 operator. ",
    ],
)
def test_time_grows_with_the_length_of_a_text_alone(annotate, text):
    def seconds(times):
        best = float("inf")
        for _ in range(3):  # the least of them: other programs run beside this one
            started = time.process_time()
            assert annotate(text * times)._.pkh_record is not None
            best = min(best, time.process_time() - started)
        return best

    assert seconds(1_600) < 35 * max(seconds(200), 0.02)  # eight times the text; a quadratic loop costs 64 times
