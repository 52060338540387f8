"""Which area each place name of a text is, and what is no place at all."""

import functools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pkh_extract.annotating.document import make_doc, value_of
from pkh_extract.annotating.places.areas import area_for
from pkh_extract.annotating.places.choose import event_location
from pkh_extract.annotating.places.forms import words
from pkh_extract.annotating.places.resolve import area_of, organizer
from pkh_extract.annotating.places.subject import article_area
from pkh_extract.gazetteer import load_gazetteer


@functools.cache
def pipeline():
    from pkh_extract.annotating.pipeline import load

    return load()


def annotate(text, title=None):
    nlp = pipeline()
    return nlp(make_doc(nlp, title, text))


def found(doc, name):
    return [value_of(span) for span in doc.spans["pkh_places"] if span.text == name]


# text, mention, code (None: left open)
MENTIONS = [
    # level words
    ("Bantuan tiba di Kabupaten Bogor kemarin.", "Kabupaten Bogor", "32.01"),
    ("Bantuan tiba di Kota Bogor kemarin.", "Kota Bogor", "32.71"),
    ("Pendamping se-Kab. Bandung berkumpul.", "Kab. Bandung", "32.04"),
    ("Warga Kab Malang hadir.", "Kab Malang", "35.07"),
    ("Rakor di kabupaten bojonegoro digelar.", "kabupaten bojonegoro", "35.22"),
    ("Rakor digelar dikota Semarang.", "dikota Semarang", "33.74"),
    ("KOTABOGOR – Bantuan cair.", "KOTABOGOR", "32.71"),
    ("Warga Kota Administrasi Jakarta Timur hadir.", "Kota Administrasi Jakarta Timur", "31.75"),
    ("Rakor Provinsi Gorontalo digelar.", "Provinsi Gorontalo", "75"),
    ("Rakor Prov. Jambi digelar.", "Prov. Jambi", "15"),
    # heads and governments say which of two
    ("Bupati Sukabumi membuka acara.", "Sukabumi", "32.02"),
    ("Wali Kota Sukabumi membuka acara.", "Sukabumi", "32.72"),
    ("Walikota Tegal membuka acara.", "Tegal", "33.76"),
    ("Pemkab Probolinggo menyalurkan bantuan.", "Probolinggo", "35.13"),
    ("Pemkot Pasuruan menyalurkan bantuan.", "Pasuruan", "35.75"),
    ("Pemerintah Kota (Pemkot) Madiun menyalurkan bantuan.", "Madiun", "35.77"),
    ("Pemerintah Kabupaten (Pemkab) Madiun menyalurkan bantuan.", "Madiun", "35.19"),
    ("Korkab Blitar memimpin rapat.", "Blitar", "35.05"),
    ("Gubernur Bengkulu hadir.", "Bengkulu", "17"),
    ("Dinas Sosial (Dinsos) Kota Serang menggelar bimtek.", "Kota Serang", "36.73"),
    # one sense an article
    ("Dinsos Kota Kediri rapat. Di Kediri ada 5 kelompok.", "Kediri", "35.71"),
    ("Dinsos Kabupaten Kediri rapat. Di Kediri ada 5 kelompok.", "Kediri", "35.06"),
    ("Bupati membuka bimtek. Warga di Mojokerto senang.", "Mojokerto", "35.16"),
    ("Wali Kota membuka bimtek. Warga di Mojokerto senang.", "Mojokerto", "35.76"),
    ("Bantuan cair di Kecamatan Cibinong, Bogor.", "Bogor", "32.01"),
    # left open
    ("Rakor digelar di Bogor kemarin.", "Bogor", None),
    ("Rakor digelar di Kupang kemarin.", "Kupang", None),
    ("Rakor digelar di Gorontalo kemarin.", "Gorontalo", None),
    ("Kabupaten Solok dan Kota Solok ikut. Warga di Solok senang.", "Solok", None),
    # Banjar: two provinces
    ("Bantuan cair di Banjar, Kalimantan Selatan.", "Banjar", "63.03"),
    ("Bantuan cair di Banjar, Jawa Barat.", "Banjar", "32.79"),
    ("Banjarmasin 7 orang, Banjar 5 orang, dan Tapin 3 orang.", "Banjar", "63.03"),
    ("Ciamis 7 orang, Banjar 5 orang, dan Garut 3 orang.", "Banjar", "32.79"),
    ("Bantuan cair di Banjar.", "Banjar", None),
    # short forms, spellings, nicknames, seats
    ("Pendamping dari HSS, HST dan HSU hadir.", "HST", "63.07"),
    ("Dinsos Kukar menggelar bimtek.", "Kukar", "64.02"),
    ("Dinsos Lotim menggelar bimtek.", "Lotim", "52.03"),
    ("Pendamping OKU Timur hadir.", "OKU Timur", "16.08"),
    ("Warga KLU menerima bantuan.", "KLU", "52.08"),
    ("Warga Sumbar menerima bantuan.", "Sumbar", "13"),
    ("Rakor se-Kalsel dibuka.", "Kalsel", "63"),
    ("Pendamping di DIY hadir.", "DIY", "34"),
    ("Warga Padangpariaman menerima bantuan.", "Padangpariaman", "13.05"),
    ("Warga Pangkal Pinang menerima bantuan.", "Pangkal Pinang", "19.71"),
    ("Warga Muko-muko menerima bantuan.", "Muko-muko", "17.06"),
    ("Warga Sumatra Utara menerima bantuan.", "Sumatra Utara", "12"),
    ("Warga di Bumi Saraba Kawa senang.", "Bumi Saraba Kawa", "63.09"),
    ("Bantuan tiba di Purwokerto.", "Purwokerto", "33.02"),
    ("SINGARAJA - Bantuan PKH cair untuk warga di sana.", "SINGARAJA", "51.08"),
    ("BELOPA, Kabar Kita - Bantuan PKH cair untuk warga di sana.", "BELOPA", "73.17"),
    ("MARTAPURA - Dinsos Kabupaten Banjar menggelar rapat PKH.", "MARTAPURA", "63.03"),
    ("MARTAPURA - Dinsos OKU Timur menggelar rapat PKH.", "MARTAPURA", "16.08"),
    ("Bantuan tiba di Kabupaten Musi Banyu Asin.", "Kabupaten Musi Banyu Asin", "16.06"),
    ("Bantuan tiba di Kabupaten Banjarnegra.", "Kabupaten Banjarnegra", "33.04"),
    # the register of today
    ("Bantuan tiba di Kabupaten Asmat, Papua.", "Kabupaten Asmat", "93.04"),
    ("Bantuan tiba di Wamena, Papua.", "Wamena", "95.01"),
    # ordinary words
    ("NEGARA - Warga Jembrana menerima bantuan PKH.", "NEGARA", "51.01"),
    ("Bantuan tiba di Batu kemarin.", "Batu", "35.79"),
    ("Bupati Pati hadir.", "Pati", "33.18"),
    # districts
    ("P2K2 di Kecamatan Lubuk Alung, Padang Pariaman.", "Kecamatan Lubuk Alung", "13.05.01"),
    ("P2K2 di Kecamatan Sukadana, Kabupaten Lampung Timur.", "Kecamatan Sukadana", "18.07.01"),
    ("P2K2 di Kecamatan Sukadana, Kabupaten Ciamis.", "Kecamatan Sukadana", "32.07.14"),
    ("Camat Tanjung membuka acara. Dinsos Kabupaten Brebes hadir.", "Camat Tanjung", "33.29.13"),
    ("P2K2 digelar di Kec. Gerokgak.", "Kec. Gerokgak", "51.08.01"),
    ("P2K2 di Kapanewon Prambanan, Sleman.", "Kapanewon Prambanan", "34.04.09"),
    ("Rakor Dinsos Banjarmasin. Warga Banjarmasin Utara hadir.", "Banjarmasin Utara", "63.71.04"),
    ("Dinsos Padang Pariaman rapat. P2K2 digelar di Lubuk Alung.", "Lubuk Alung", "13.05.01"),
    ("Dinsos Konawe Selatan. Bantuan tiba di Kecamatan Moramao.", "Kecamatan Moramao", "74.05.10"),
    ("Rapat di Kecamatan Sumber tadi pagi.", "Kecamatan Sumber", None),
]


@pytest.mark.parametrize(("text", "name", "code"), MENTIONS)
def test_mention(text, name, code):
    doc = annotate(text)
    values = found(doc, name)
    assert values, [span.text for span in doc.spans["pkh_places"]]
    assert values[-1].code == code
    if code is None:
        assert len(values[-1].candidates) > 1


# text, word that must not be read as a place by itself
NEGATIVES = [
    ("Bantuan dibagikan di Desa Sumber kemarin.", "Sumber"),
    ("Warga Kelurahan Kota Medan hadir.", "Kota Medan"),
    ("Warga Kelurahan Kota Medan hadir.", "Medan"),
    ("Rumah di Desa Banjar Baru dicek.", "Banjar"),
    ("Warga Nagari Solok hadir.", "Solok"),
    ("Lurah Bandung Sari hadir.", "Bandung"),
    ("Kepala Desa Malang Jaya hadir.", "Malang"),
    ("Kantornya di Jalan Surabaya nomor dua.", "Surabaya"),
    ("Kantornya di Jl. Semarang nomor dua.", "Semarang"),
    ("Warga di tepi Sungai Kapuas hadir.", "Kapuas"),
    ("Warga di kaki Gunung Malang hadir.", "Malang"),
    ("Wali Kota Bogor Bima Arya hadir.", "Bima"),
    ("Acara ditutup Rudi Bandung dengan doa.", "Bandung"),
    ("Kata Kuningan Saputra, bantuan cair.", "Kuningan"),
    ("Hadir pula Siti Batang Hari Lestari.", "Batang"),
    ("Uang itu milik negara dan rakyat.", "negara"),
    ("Negara hadir bagi rakyat kecil.", "Negara"),
    ("Sumber dana itu APBN.", "Sumber"),
    ("Batu dan pasir dibeli warga.", "Batu"),
    ("Batang pohon itu tumbang.", "Batang"),
    ("Metro menulis berita itu.", "Metro"),
    ("Nasib malang menimpa warga itu.", "malang"),
    ("Ia menyerahkan palu kepada hakim.", "palu"),
    ("Mereka turun ke medan yang berat.", "medan"),
    ("Program itu dilanjutkan dengan tanjung harapan.", "tanjung"),
    ("Raya sekali acara itu.", "Raya"),
    ("Puncak acara itu malam nanti.", "Puncak"),
    ("Mitra kerja dinas hadir.", "Mitra"),
    ("Dana itu dikelola oki dan tim.", "oki"),
    ("Ada 12 kecamatan di sana.", "kecamatan"),
    ("Setiap kabupaten/kota mengirim utusan.", "kabupaten"),
    ("Warga Bandung Tenggara Jaya hadir.", "Bandung"),
    ("Salak dan mangga dijual KPM.", "Salak"),
    ("Benteng ekonomi keluarga harus kuat.", "Benteng"),
]


@pytest.mark.parametrize(("text", "word"), NEGATIVES)
def test_no_place(text, word):
    doc = annotate(text)
    assert word not in [span.text for span in doc.spans["pkh_places"]]


KINDS = [
    ("Bimtek digelar di Kota Padang.", "Kota Padang", "at"),
    ("Peserta berasal dari Kota Padang.", "Kota Padang", "from"),
    ("PADANG – Bantuan PKH cair untuk warga.", "PADANG", "dateline"),
    ("Padang, Warta Kita – Bantuan PKH cair.", "Padang", "dateline"),
    ("Dinas Sosial Kota Padang menggelar rapat.", "Kota Padang", "office"),
    ("Dinas Sosial, Tenaga Kerja dan Transmigrasi Kota Padang rapat.", "Kota Padang", "office"),
    ("Penyidik Polres Padang Pariaman hadir.", "Padang Pariaman", "organisation"),
    ("Rakor pendamping se-Sumbar dibuka.", "Sumbar", "whole"),
    ("Rapat di Asrama Haji Padang kemarin.", "Padang", "venue"),
]


@pytest.mark.parametrize(("text", "name", "kind"), KINDS)
def test_kind(text, name, kind):
    assert found(annotate(text), name)[0].kind == kind


# text, number as written, area's code
FIGURES = [
    ("Dinsos Kulon Progo rapat. Kalurahan Tirtorahayu 4 KPM, Brosot 5 KPM, Kranggan 1 KPM.", "5", "34.01.04.2007"),
    ("Dinsos Kulon Progo rapat. Ada 12 KPM di Kalurahan Brosot, Kapanewon Galur.", "12", "34.01.04.2007"),
    ("Dinsos Klaten rapat. Ada 12 KPM di Dusun Brosot.", "12", None),
    ("KPM PKH di Kabupaten Klaten didata. Untuk mengurus KPM tersebut, Dinas Sosial hanya memiliki 19 pendamping.",
     "19", "33.10"),
    ("Banjarmasin 7 orang, Banjarbaru 5 orang.", "7", "63.71"),
    ("Banjarmasin 7 orang, Banjarbaru 5 orang.", "5", "63.72"),
    ("Di Kabupaten Maluku Tengah, Kecamatan Amahai 3.230 KPM.", "3.230", "81.01.01"),
    ("Dinsos Maluku Tengah: ada 3.230 KPM di Kecamatan Amahai.", "3.230", "81.01.01"),
    ("Sebanyak 43.882 KPM di Kabupaten Banjar menerima bantuan.", "43.882", "63.03"),
    ("Dinsos Kota Padang melatih 94 pendamping.", "94", "13.71"),
    ("Ada 445 pendamping se-Kalsel. Dinsos Kabupaten Banjar hadir.", "445", "63"),
    ("Dinsos Kota Padang rapat. Ada 10 KPM dari Desa Maju.", "10", None),
    ("Kota Padang dan Kota Solok punya banyak warga, ada 300 KPM.", "300", None),
    ("Dinsos Kabupaten Agam rapat. Secara nasional ada 10 juta KPM.", "10", None),
    ("Dinsos Kabupaten Agam rapat. Rinciannya Lubuk Basung 20 KPM, Sinarbulan 51 KPM.", "51", None),
    ("Kabupaten Banjar punya 10.158 KPM, sedangkan Kabupaten Tapin 796 KPM.", "10.158", "63.03"),
    ("Kabupaten Banjar punya 10.158 KPM, sedangkan Kabupaten Tapin 796 KPM.", "796", "63.05"),
    ("Dinsos Kabupaten Agam rapat. PKH masuk Kecamatan Lubuk Basung pada 2008. Kala itu ada 364 KPM.", "364",
     "13.06.02"),
    ("Di Kabupaten Luwu Utara, Kecamatan Baebunta 20 KPM, Kecamatan Seko 30 KPM, Masamba 40 KPM.", "40", "73.22.03"),
    ("Penyaluran PKH di Maluku mencapai 779 KPM, kata Ali di Ambon, Minggu.", "779", "81"),
    ("Dinsos Maluku rapat. Ada 77 KPM, ujar Ali Basri saat ditemui di Kota Ambon, Senin (1/8).", "77", "81"),
    ("Kepala Dinas Sosial Maluku Ali Basri di Ambon, Rabu (3/8), mengatakan ada 77 KPM.", "77", "81"),
    ("Menurut Kepala Dinas Sosial Maluku Ali Basri di Kota Ambon, Kamis, ada 77 KPM.", "77", "81"),
    ("Kata Ali, ada yang mundur di Kota Ambon, 77 KPM.", "77", "81.71"),
    ("Dinsos Kabupaten Kotabaru: Banjarmasin 7, Kotabaru 4 orang.", "4", "63.02"),
    ("Dinsos Sumatera Barat melatih 118 pendamping PKH, yaitu Kota Padang 20, Kabupaten Agam 25.", "118", "13"),
    ("Dinsos Sumatera Barat melatih 118 pendamping PKH, yaitu Kota Padang 20, Kabupaten Agam 25.", "25", "13.06"),
    ("Dinsos Maluku Tengah: Kecamatan Amahai sebanyak 418 KPM dengan 2 orang pendamping.", "2", "81.01.01"),
    # the village that opens the sentence, until another place comes
    ("Dinsos Kulon Progo rapat. Di Kalurahan Brosot, dari 363 KPM ada 9 yang mundur.", "9", "34.01.04.2007"),
    ("Dinsos Kulon Progo rapat. Sementara di Kalurahan Brosot, Galur, dari 363 KPM, 12 mundur.", "12", "34.01.04.2007"),
    ("Dinsos Kulon Progo rapat. Di Kalurahan Brosot ada 363 KPM, sedangkan di Kulon Progo ada 812.", "812", "34.01"),
    ("Dinsos Kulon Progo rapat. Warga Kalurahan Brosot menolak seperti Kalurahan Kranggan, dari 363 KPM ada 9 mundur.",
     "9", "34.01"),
    # a village or district taken up
    ("Dinsos Kulon Progo rapat. Lurah Brosot hadir. Di Kalurahan Brosot stiker dipasang. Ada 57 KPM di kalurahan itu.",
     "57", "34.01.04.2007"),
    ("Dinsos Kulon Progo rapat. Lurah Kalurahan Brosot, Ali, mengatakan penerima di kelurahannya kini 64 KPM.", "64",
     "34.01.04.2007"),
    ("Dinsos Kulon Progo rapat. Di Kapanewon Galur stiker dipasang. Ada 857 KPM di kapanewon tersebut.", "857",
     "34.01.04"),
    ("Dinsos Kulon Progo rapat. Di kalurahan itu ada 57 KPM.", "57", "34.01"),
    # the one village that an article is about
    ("Rumah KPM PKH di Kalurahan Brosot, Galur, Kulon Progo dilabeli. Jumlah KPM PKH sebanyak 95.", "95",
     "34.01.04.2007"),
    ("Rumah KPM PKH di Kalurahan Brosot, Galur, Kulon Progo dilabeli. Jumlah KPM PKH sebanyak 9.500.", "9.500",
     "34.01.04"),
    ("Rumah KPM PKH di Kalurahan Brosot dan Kalurahan Kranggan, Kulon Progo dilabeli. Jumlah KPM PKH sebanyak 95.",
     "95", "34.01"),
    ("Rumah KPM PKH di Kalurahan Brosot, Galur, Kulon Progo dilabeli. Kepala Dinas Sosial menyebut ada 95 KPM PKH.",
     "95", "34.01.04"),
    # lists that follow, and pairs
    ("Dinsos Provinsi Maluku bersama Dinsos Maluku Tengah menyalurkan PKH bagi 800 KPM di tiga kecamatan, yakni "
     "Kecamatan Amahai, Kecamatan Tehoru dan Kecamatan Teon Nila Serua.", "800", "81.01"),
    ("Di Kabupaten Banjar alokasi 7.531 KPM realisasi 7.287 KPM, Kabupaten Tapin alokasi 796 KPM.", "7.287", "63.03"),
    ("Dinsos Kalsel: Kabupaten Banjar 12.523 KPM atau berkurang 928 KPM.", "928", "63.03"),
    ("Dinsos Kabupaten Agam rapat. Rinciannya Lubuk Basung 20 KPM, Palupuh jumlah RTS 51.", "51", "13.06.10"),
    ("Dinsos Kabupaten Agam rapat. Terbanyak Lubuk Basung 7 KPM, disusul Palupuh dan Baso masing-masing 5 KPM.", "5",
     None),
    ("Calon KPM ada 82 di Kabupaten Nduga dan 17.899 calon KPM warga distrik Ilaga di Kabupaten Puncak.", "17.899",
     "94.05.01"),
    ("Dinsos Kota Madiun rapat di Kota Madiun. Kota Madiun senang. Bantuan bagi Kabupaten Ponorogo banyak. "
     "PKH tunai untuk 13.981 KPM.", "13.981", "35.02"),
    ("Di Kecamatan Tanjung Agung Palik (TAP) Kabupaten Bengkulu Utara, tercatat sudah sebanyak 17 KPM mundur.", "17",
     "17.03.22"),
    # an island inside an address
    ("Penerima PKH di Kabupaten Sumenep, Madura, Jawa Timur, tahun ini bertambah 55 ribu.", "55", "35.29"),
    ("Penerima PKH di Sumenep, Pulau Madura, Jawa Timur, tahun ini bertambah 55 ribu.", "55", "35.29"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "number", "code"), FIGURES)
def test_area_for(text, number, code):
    doc = annotate(text)
    start = text.index(number)
    area = area_for(doc.char_span(start, start + len(number), label="kpm"))
    assert (area.code if area else None) == code


def test_article_area():
    assert article_area(annotate("Dinsos Kota Padang rapat. Di Kota Padang ada 5 kelompok.")).code == "13.71"
    assert article_area(annotate("Dinsos Provinsi Riau rapat. Warga Riau senang.")).code == "14"
    assert article_area(annotate("Bantuan cair.")) is None
    maluku = "Ambon (ANTARA) – PKH di Maluku cair. Warga di Maluku senang. Ada 77 KPM, kata Ali di Ambon, Rabu."
    assert article_area(annotate(maluku)).code == "81"


def test_names_are_parted_as_texts_are():
    nlp = pipeline()
    forms = [*(form for _, form in load_gazetteer().phrases()), "Desa 1.250,5", "A1B2", "(x)_y", "I.V/2", "3,,4."]
    for form in forms:
        assert words(form) == [token.lower_ for token in nlp.make_doc(form)], form


def test_one_gazetteer_serves_the_pipeline_and_all_else():
    assert pipeline().get_pipe("pkh_places").gazetteer is load_gazetteer()


def test_area_of_is_the_registers_name():
    doc = annotate("Bantuan tiba di Kab. Padangpariaman.")
    assert area_of(doc.spans["pkh_places"][0]).name == "Kabupaten Padang Pariaman"


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["di", "Kota", "Kabupaten", "Kecamatan", "Desa", "Bogor", "Banjar", "Aula", "Dinas Sosial", "(", ")", ",",
             ".", "-", "–", "dan", "12", "Rabu", "(3/12/2025)", "\n\n", "KPM", "Hotel", "se", "/", "Camat", "digelar",
             "\u200b", "é", "'"]
        ),
        max_size=40,
    )
)  # fmt: skip
def test_never_raises(words):
    doc = annotate(" ".join(words))
    event_location(doc, doc[:1] if len(doc) else None, None)
    organizer(doc, None)
    article_area(doc)
    for i in range(len(doc)):
        area_for(doc[i : i + 1])
    for span in doc.spans["pkh_places"]:
        value = value_of(span)
        assert value.code is None or value.level is not None
