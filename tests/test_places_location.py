"""Where an event took place: small reports, each with what must be read from them."""

import functools

import pytest

from pkh_extract.annotating.document import group, make_doc
from pkh_extract.annotating.places.choose import event_location
from pkh_extract.annotating.places.resolve import organizer


@functools.cache
def pipeline():
    from pkh_extract.annotating.pipeline import load

    return load()


def read(text, title=None, term=None):
    nlp = pipeline()
    doc = nlp(make_doc(nlp, title, text))
    dates = [span for span in group(doc, "pkh_dates") if span.start_char >= doc._.pkh_title_end]
    event = None
    if term is not None:
        dates = []
        start = doc.text.index(term)
        event = doc.char_span(start, start + len(term))
    return doc, event_location(doc, event, dates[0] if dates else None)


# text, venue, district, regency, province, method
REPORTS = [
    # venue with its address
    ("Bimtek digelar di Hotel Melati, Kota Padang, Rabu (3/12/2025).", "Hotel Melati", None, "13.71", "13", "explicit"),
    ("Dinsos Kota Solok menggelar bimtek di Hotel Melati Padang, Rabu (3/12/2025).", "Hotel Melati Padang", None,
     "13.71", "13", "explicit"),
    ("Rakor berlangsung di Melati Indah Hotel, Kabupaten Banjar, Kamis.", "Melati Indah Hotel", None, "63.03", "63",
     "explicit"),
    ("Dinsos Kalsel menggelar bimtek di Asrama Haji Banjarmasin di Banjarbaru, Kamis.", "Asrama Haji Banjarmasin",
     None, "63.72", "63", "explicit"),
    ("Graduasi digelar di Pendopo Kabupaten Klaten, Senin (2/2/2026).", "Pendopo Kabupaten Klaten", None, "33.10",
     "33", "explicit"),
    ("Bantuan diserahkan di Kantor Camat Lubuk Alung, Padang Pariaman, Senin.", "Kantor Camat Lubuk Alung",
     "13.05.01", "13.05", "13", "explicit"),
    ("Bantuan diserahkan di Kantor Kecamatan Sukadana, Kabupaten Lampung Timur, Senin.", "Kantor Kecamatan Sukadana",
     "18.07.01", "18.07", "18", "explicit"),
    ("Bimtek digelar di Aula Badan Perencanaan (Bappeda) Bogor. Dinas Sosial Kota Bogor hadir.",
     "Aula Badan Perencanaan (Bappeda) Bogor", None, "32.71", "32", "explicit"),
    ("Rapat diRuang Pola Kantor Bupati Lahat, Rabu (5/7/23) dihadiri pendamping.", "Ruang Pola Kantor Bupati Lahat",
     None, "16.04", "16", "explicit"),
    ("Dinas Sosial Kabupaten Gianyar menggelar bimtek diwantilan Gedung DPRD Gianyar, Rabu.",
     "wantilan Gedung DPRD Gianyar", None, "51.04", "51", "explicit"),
    ("Dinas Sosial Kabupaten Kudus menggelar bimtek. Tempatnya Aula Bappeda, Rabu.",
     "Aula Bappeda", None, "33.19", "33", "organizer"),
    ("Polres Klaten menyelidiki dana PKH warga Desa Sengon dan Cucukan Kecamatan Prambanan, Kabupaten Klaten.", None,
     "33.10.01", "33.10", "33", "inferred"),
    ("Kejari Kabupaten Tangerang menahan pendamping PKH. Warga Kabupaten Tangerang mengadu, kata menteri di Jakarta, "
     "Selasa, 3 Agustus 2021.", None, None, "36.03", "36", "inferred"),
    ("Jambore PKH digelar di Lubuk Basung, Kabupaten Agam. Acara bertempat di Lapangan Nagari Matua Mudiak.",
     "Lapangan Nagari Matua Mudiak", "13.06.04", "13.06", "13", "explicit"),
    ("Dana PKH Kabupaten Kuningan cair. Sudah lama. Ini rezeki. Di Kantor Pos Kuningan, para penerima antre.",
     "Kantor Pos Kuningan", None, "32.08", "32", "explicit"),
    ("Rakor PKH Kabupaten Kudus digelar di Melati Coffee, Rabu.", "Melati Coffee", None, "33.19", "33", "inferred"),
    ("Aula Dinas Sosial Kabupaten Kudus dipakai untuk pembinaan pendamping, Rabu.", "Aula Dinas Sosial Kabupaten Kudus",
     None, "33.19", "33", "explicit"),
    ("P2K2 digelar di Masjid Al Hidayah, Desa Sumber, Kecamatan Sukadana, Kabupaten Ciamis, Sabtu.",
     "Masjid Al Hidayah", "32.07.14", "32.07", "32", "explicit"),
    # the office's hall, its regency
    ("Dinas Sosial Kabupaten Banggai menggelar rakor. Kegiatan berlangsung di Aula Dinas Sosial pada Rabu.",
     "Aula Dinas Sosial", None, "72.01", "72", "organizer"),
    ("MAMUJU – Dinsos Mamuju membagikan bantuan PKH di halaman kantor Dinsos Mamuju, Kamis.",
     "halaman kantor Dinsos Mamuju", None, "76.02", "76", "explicit"),
    ("TANJUNG – Dinas Sosial Kabupaten Tabalong melaksanakan pelatihan di Gedung Informasi Tanjung, Rabu.",
     "Gedung Informasi Tanjung", None, "63.09", "63", "explicit"),
    # a place without a venue
    ("Monitoring dilakukan di Desa Maju, Kecamatan Gerokgak, Kabupaten Buleleng, Selasa.", None, "51.08.01", "51.08",
     "51", "explicit"),
    ("Tim mendatangi rumah KPM di Kecamatan Gerokgak, Buleleng, Selasa.", None, "51.08.01", "51.08", "51", "explicit"),
    ("JAKARTA – Kementerian Sosial menyalurkan bantuan PKH di Kabupaten Sintang, Rabu.", None, None, "61.05", "61",
     "explicit"),
    ("SURABAYA – Pencairan PKH digelar di Kabupaten Tulungagung, Rabu.", None, None, "35.04", "35", "explicit"),
    ("Sebanyak 90 pendamping dilatih, kata Ridwan di Mukomuko, Selasa.", None, None, "17.06", "17", "explicit"),
    # the office that held it
    ("Dinas Sosial Kabupaten Agam melatih 40 pendamping PKH.", None, None, "13.06", "13", "organizer"),
    ("Dinas Sosial (Dinsos) Kota Kendari menggelar rakor PKH.", None, None, "74.71", "74", "organizer"),
    ("Pemkab Jember menyalurkan bantuan PKH kepada warga.", None, None, "35.09", "35", "organizer"),
    # dateline
    ("KLATEN – Sebanyak 30 KPM PKH mundur dari kepesertaan.", None, None, "33.10", "33", "dateline"),
    ("BELOPA, Kabar Kita – Sebanyak 30 KPM PKH mundur dari kepesertaan.", None, None, "73.17", "73", "dateline"),
    # a province, several regencies
    ("Dinas Sosial Provinsi Riau menggelar rakor PKH, Rabu.", None, None, None, "14", "organizer"),
    ("PEKANBARU – Dinas Sosial Provinsi Riau menggelar rakor PKH, Rabu.", None, None, None, "14", "organizer"),
    ("BENGKALIS – Dinas Sosial Provinsi Riau menggelar rakor PKH, Rabu.", None, None, "14.03", "14", "dateline"),
    ("Dinas Sosial Provinsi Riau menggelar rakor di Hotel Melati, Kota Dumai, Rabu.", "Hotel Melati", None, "14.72",
     "14", "explicit"),
    # participants' homes are not the place
    ("Dinsos Kota Palu menggelar bimtek. Peserta dari Kabupaten Poso dan Kabupaten Sigi hadir.", None, None, "72.71",
     "72", "organizer"),
    # open questions stay open
    ("GORONTALO – Sebanyak 30 KPM PKH mundur dari kepesertaan.", None, None, None, "75", "dateline"),
    ("Rakor PKH digelar di Kupang, Rabu.", None, None, None, "53", "explicit"),
    ("Bupati Malang dan Wali Kota Malang rapat. Rakor PKH digelar di Malang, Rabu.", None, None, None, "35",
     "explicit"),
    # the register's province of today
    ("Dinas Sosial Kabupaten Asmat, Papua, merekrut pendamping.", None, None, "93.04", "93", "organizer"),
    # only a district
    ("Bantuan PKH dibagikan di Kecamatan Karangampel, Rabu.", None, "32.12.10", "32.12", "32", "explicit"),
    # names told by their surroundings
    ("Pemkab Lampung Tengah membuka pasar di Jalan Mawar 3, Terbanggi Besar, Minggu (28/11/2021).", "Jalan Mawar 3",
     "18.02.07", "18.02", "18", "explicit"),
    ("Dinsos Bulungan memantau. Stiker dipasang di Tanjung Palas, Kamis (4/4/2024).", None, "65.01.01", "65.01", "65",
     "explicit"),
    ("Diklat digelar di BBPPKS Regional Mawar di Lembang, Kabupaten Bandung Barat, Kamis.", "BBPPKS Regional Mawar",
     "32.17.01", "32.17", "32", "explicit"),
    ("Ratusan KPM memadati halaman Kantor Desa Maju, Kecamatan Gempol, Pasuruan, Kamis.", "halaman Kantor Desa Maju",
     "35.14.12", "35.14", "35", "explicit"),
    ("AMBON – Sebanyak 40 pendamping PKH se-Maluku mengikuti bimtek, Kamis.", None, None, None, "81", "organizer"),
    # set aside
    ("Dinas Sosial Kabupaten Agam melatih pendamping. Kadis ditemui di ruang kerja Bappeda Kota Padang.", None, None,
     "13.06", "13", "organizer"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "venue", "district", "regency", "province", "method"), REPORTS)
def test_event_location(text, venue, district, regency, province, method):
    _, location = read(text)
    assert location is not None
    codes = [area.code if area else None for area in (location.district, location.regency, location.province)]
    assert (location.venue, *codes) == (venue, district, regency, province)
    assert location.method == method
    assert text[location.evidence.start : location.evidence.end] == location.evidence.text


@pytest.mark.parametrize(
    "text", ["Bantuan PKH cair hari ini.", "Warga Desa Sumber senang.", "Rumah warga penerima dipasangi stiker.", ""]
)
def test_no_location(text):
    assert read(text)[1] is None


def test_the_event_sentence_weighs_more_than_the_rest():
    text = (
        "Pemerintah terus membantu warga. Banyak program berjalan. Data diperbarui. "
        "Tahun lalu rapat diadakan di Kota Solok. Nanti wisuda KPM digelar di Kota Pariaman."
    )
    assert read(text, term="wisuda")[1].regency.code == "13.77"


def test_an_ambiguous_place_is_warned_of_with_its_candidates():
    doc, _ = read("Rakor PKH digelar di Bogor, Rabu.")
    (warning,) = [item for item in doc._.pkh_warnings if item.code == "ambiguous_place"]
    assert "Kota Bogor" in warning.message
    assert "Kabupaten Bogor" in warning.message


ORGANIZERS = [
    ("Dinas Sosial (Dinsos) Kota Padang menggelar bimtek.", "Dinas Sosial Kota Padang"),
    ("Bimtek digelar oleh Dinsos Kabupaten Agam kemarin.", "Dinsos Kabupaten Agam"),
    ("Bimtek yang digelar Dinsos Agam itu ramai.", "Dinsos Agam"),
    ("Pemkab Jember menyalurkan bantuan PKH.", "Pemkab Jember"),
    ("Dinas Sosial, Tenaga Kerja dan Transmigrasi Kabupaten Pati mengadakan rakor.",
     "Dinas Sosial, Tenaga Kerja dan Transmigrasi Kabupaten Pati"),
    ("Kementerian Sosial (Kemensos) RI menggelar bimtek PKH di Kota Padang.", "Kementerian Sosial RI"),
    ("Bimtek PKH digelar Dinas Sosial, Pemberdayaan Perempuan dan Perlindungan Anak Kabupaten Agam.",
     "Dinas Sosial, Pemberdayaan Perempuan dan Perlindungan Anak Kabupaten Agam"),
    ("Melalui Dinas Sosial, Pemkab Sleman menyalurkan bansos PKH.", "Pemkab Sleman"),
    ("Pemerintah Desa (Pemdes) Kalang, Kabupaten Ngawi salurkan bansos PKH.", "Pemerintah Desa Kalang"),
    ("Bimtek PKH diadakan oleh Dinsos Kota Batu.", "Dinsos Kota Batu"),
    ("Bupati Agam menyerahkan bansos PKH. Kegiatan diselenggarakan Dinas Sosial Kabupaten Agam.",
     "Dinas Sosial Kabupaten Agam"),
    ("Bupati Agam menyerahkan bansos PKH di Kota Padang.", None),
    ("Warga meminta Dinas Sosial Kota Padang menyalurkan bansos PKH.", None),
    ("Badan Pusat Statistik Kota Padang merilis angka. Bansos PKH disalurkan.", None),
    ("Bimtek dihadiri oleh Gubernur Riau.", None),
    ("Bupati Malang membuka rakor.", None),
    ("Bantuan cair.", None),
    # titles behind an office, and who only stood beside
    ("Kepala Dinas Sosial Drs. Rahman menggelar bimtek pendamping PKH di Padang.", "Dinas Sosial"),
    ("Bupati Agam didampingi Kepala Dinas Sosial Ir. Jabbar, menyerahkan bantuan PKH kepada warga.", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name"), ORGANIZERS)
def test_organizer(text, name):
    doc, _ = read(text)
    assert organizer(doc, None) == name


# text, method
METHODS = [
    ("Bansos PKH dibagikan di Desa Bugbug, Kabupaten Karangasem.", "explicit"),
    ("AMLAPURA – Bansos PKH dibagikan di Desa Bugbug.", "explicit"),
    ("AMLAPURA – Bansos PKH dibagikan.", "dateline"),
    ("Dinas Sosial Kabupaten Karangasem membagikan bansos PKH.", "organizer"),
    ("Bansos PKH dibagikan di Kelurahan Klandasan Ilir.", "inferred"),
]


@pytest.mark.parametrize(("text", "method"), METHODS)
def test_method(text, method):
    _, location = read(text)
    assert location.method == method
