# ruff: noqa: E501 - one case a line reads best
"""Is an article about PKH, what is KPM in it, which programmes does it name? Invented leads."""

import pytest

from pkh_extract.annotating.document import make_doc
from pkh_extract.annotating.events import events
from pkh_extract.annotating.pipeline import load
from pkh_extract.annotating.programs import kpm_sense, programs, relevance

UNRELATED = """
Satgas PKH menyegel 400 hektare kebun sawit di kawasan hutan lindung Kabupaten Rimba, Senin. Komandan satgas memimpin penyegelan.
Satuan Tugas Penertiban Kawasan Hutan (PKH) menyerahkan 900 hektare lahan kepada negara. Kegiatan PKH itu dihadiri jaksa agung muda.
Tim PKH memasang plang di lahan sawit milik perusahaan seluas 1.200 hektare. Kawasan hutan itu dirambah sejak lama.
Warga menolak relokasi yang dilakukan Satgas PKH di taman nasional. Sebanyak 72 KK bertahan.
Denda administratif dari Satgas PKH disetor dua perusahaan tambang, kata juru bicara Kejaksaan Agung, Rabu.
Dirjen PKH Kementerian Pertanian meninjau vaksinasi 200 sapi di Kabupaten Ternakan, Kamis.
Ditjen PKH menggelar bimbingan teknis inseminasi buatan bagi 40 petugas peternakan di Hotel Lembu.
Direktorat Jenderal Peternakan dan Kesehatan Hewan (PKH) menyalurkan bantuan 50 ekor kambing kepada peternak.
Dirjen Pakan dan Kesehatan Hewan memimpin rapat koordinasi penanganan penyakit mulut dan kuku, Selasa.
Bidang PKH Dinas Pertanian memeriksa hewan kurban di 12 lapak. PKH memastikan hewan sehat.
Program Pendidikan Kecakapan Hidup (PKH) dibuka bagi 30 anak putus sekolah di lembaga kursus. Peserta PKH menerima bantuan alat menjahit.
Pendidikan Keterampilan Hidup atau PKH diluncurkan Dinas Pendidikan. Bantuan PKH Rp 2 juta diberikan kepada tiap peserta.
Bantuan PKH cair untuk lembaga kursus, kata pengelola pendidikan kecakapan hidup, Rabu.
Sebanyak 60 Kader Pembangunan Manusia (KPM) mengikuti pelatihan pencegahan stunting di Hotel Dewi, Senin.
Dinas PMD mengumpulkan 120 KPM dari seluruh desa untuk rembuk stunting. Setiap KPM membawa data balita.
Bimtek kader pembangunan manusia digelar di balai desa. KPM diminta rajin ke posyandu.
Pelatihan Kader Pembangunan Manusia (KPM) digelar di aula. Bupati membukanya, Senin. Keluarga yang sudah menerima PKH jangan luput dari posyandu, pesannya.
Honor KPM desa naik menjadi Rp 500 ribu, kata kepala Dinas PMD. Kader stunting senang.
Sebanyak 85 mahasiswa peserta Kuliah Pengabdian Masyarakat (KPM) diterima camat, Senin. Mereka tinggal 30 hari di desa.
Rektor universitas melepas 1.200 mahasiswa KPM ke 40 desa. Dosen pembimbing ikut mengantar.
Mahasiswa KPM menanam mangrove bersama warga Desa Laut. KPM kampus itu berakhir pekan depan.
Desa pelaksana P2K2 binaan dinas pemberdayaan perempuan mengikuti sosialisasi keluarga sadar hukum, Rabu.
BLT Dana Desa tahap pertama disalurkan kepada 40 keluarga di Desa Sumber, Jumat.
Pemerintah Desa Manis membagikan BLT-DD kepada 65 KPM di balai desa. Tiap KPM menerima Rp 300 ribu.
Kepala desa menyerahkan BLT DD triwulan kedua kepada 30 keluarga. Penyaluran disaksikan BPD. Syaratnya sudah jelas. Mereka belum pernah menerima PKH dan BPNT.
Bantuan beras 10 kilogram dari Bulog dibagikan kepada 1.500 keluarga penerima manfaat di Kota Lama, Minggu.
Sebanyak 4.000 KPM menerima bantuan pangan berupa beras dan minyak goreng di kantor lurah, Selasa.
Bulog menyalurkan cadangan beras pemerintah ke 14 kecamatan. Tiap KPM mendapat 20 kilogram.
Penyaluran BPNT untuk 2.000 KPM berlangsung di e-warong, Kamis.
BST bagi 3.100 warga dibagikan kantor pos, Sabtu, dengan protokol kesehatan.
BLT BBM cair, ratusan warga antre di kantor pos sejak pagi.
Banjir merendam 320 rumah di tiga kecamatan. Sebanyak 1.100 jiwa mengungsi ke masjid, Senin dini hari.
Gempa magnitudo 5,4 merusak 78 rumah. Pemerintah menyalurkan bantuan tenda dan selimut.
KPU menetapkan 412.300 pemilih tetap di Kabupaten Suara. Rapat pleno dihadiri 18 partai.
Pasangan calon nomor dua meraih 120.450 suara, unggul 12 persen dari lawannya.
Harga cabai naik menjadi Rp 90 ribu per kilogram di Pasar Baru, Selasa.
Polisi menangkap dua pengedar sabu di Jalan Mawar. Barang bukti 40 gram disita.
Sebanyak 350 buruh pabrik garmen terkena PHK. Mereka berunjuk rasa di depan kantor bupati.
KPH Wilayah II menanam 5.000 bibit pohon di lereng gunung bersama pelajar.
Tim sepak bola Garuda menang 3-1 atas tamunya di Stadion Merdeka, Sabtu malam.
Dinas Kesehatan melatih 60 bidan desa menangani persalinan darurat di aula puskesmas, Rabu.
Dinas Sosial menyantuni 100 anak yatim di panti asuhan, Jumat.
Dinas Sosial menggelar pelatihan tagana bagi 40 relawan kebencanaan di lapangan, Minggu.
Bupati melantik 120 pejabat eselon tiga di pendopo, Jumat sore.
Guru honorer berdemo menuntut kenaikan gaji di depan kantor dinas pendidikan, Kamis.
Kapolres membagikan paket sembako kepada tukang becak, Jumat berkah.
Petani keluhkan harga gabah yang turun menjadi Rp 5.000 per kilogram.
Pemprov menyalurkan bantuan khusus bagi warga di luar PKH, kata gubernur, Senin.
Bantuan tunai daerah diberikan kepada 500 keluarga non PKH di Kota Angin, Rabu.
""".strip().splitlines()

RELATED = """
Pendamping PKH di Kota Sari mengikuti bimtek di hotel, Senin.
Penerima Program Keluarga Harapan (PHK) di Kabupaten Timur berkurang.
Para pendamping Peserta Keluarga Harapan ( PKH) diundang ke gedung dewan, Senin.
Penerima KeIuarga Harapan di Desa Cempaka berkumpul di rumah ketua.
Program. Harapan kembali digulirkan bagi warga miskin di Pulau Batu.
Sebanyak 12 KPM-PKH memilih mundur.
Bansos PKH cair pekan ini.
Warga miskin mengadu karena tidak pernah menerima PKH meski memenuhi syarat.
Dinas Sosial melatih 70 pendamping Kader Pembangunan Manusia (KPM) demi menyukseskan Program Keluarga Harapan. Pendamping PKH mengasuh KPM miskin.
Kader Pembangunan Manusia (KPM) dilatih di aula. Bupati membukanya, Senin. Hadir pula 20 pendamping PKH.
Kader Pembangunan Manusia (KPM) dilatih di aula. Bupati membukanya, Senin. Bansos PKH lalu diserahkan. Penerima PKH senang.
Kantor PKH Kecamatan Lor dipindah ke gedung baru, kata koordinator.
SDM PKH menanam pohon bersama di kawasan hutan kota.
Koordinator PKH membantu vaksinasi warga lansia penerima manfaat, Kamis.
Tersangka korupsi dana PKH ditahan jaksa.
PPKH Kabupaten Utara mengadakan evaluasi bersama dinas sosial.
Bantuan beras dibagikan kepada keluarga penerima manfaat PKH dan BST.
Petugas PKH Kecamatan Kulon mendata ulang warga lanjut usia.
Bantuan sosial berupa PKH dan BPNT disalurkan di kantor pos.
Program Keluarga Idaman (PKH) menjangkau enam juta keluarga.
Keluarga penerima manfaat PKH mendapat pelatihan menjahit di lembaga kursus.
Anak penerima PKH meraih beasiswa, kata menteri sosial.
""".strip().splitlines()


@pytest.fixture(scope="module")
def annotate():
    nlp = load()
    return lambda text, title=None: nlp(make_doc(nlp, title, text))


def test_there_are_enough_unrelated_leads():
    assert len(UNRELATED) >= 40


@pytest.mark.parametrize("text", UNRELATED)
def test_unrelated_reports_give_no_event(annotate, text):
    doc = annotate(text)
    assert not relevance(doc).relevant
    assert events(doc) == []


@pytest.mark.parametrize("text", RELATED)
def test_reports_on_the_programme_are_relevant_and_say_why(annotate, text):
    verdict = relevance(annotate(text))
    assert verdict.relevant
    assert verdict.evidence is not None and verdict.evidence.label_ == "PKH"
    assert verdict.rule == verdict.evidence.id_


def test_the_headline_alone_can_make_an_article_relevant(annotate):
    doc = annotate("Sebanyak 40 ibu hadir di balai desa, Rabu.", title="Penerima PKH Ikut P2K2")
    verdict = relevance(doc)
    assert verdict.relevant and verdict.evidence is not None and verdict.evidence.text == "PKH"


KPM = [
    ("Sebanyak 40 keluarga penerima manfaat (KPM) menerima beras.", True),
    ("Kelompok Penerima Manfaat (KPM) mengantre di bank.", True),
    ("Pendamping PKH mengunjungi 12 KPM.", True),
    ("Bantuan untuk 300 KPM disalurkan Dinas Sosial, Senin.", True),
    ("Kader Pembangunan Manusia (KPM) desa memantau balita.", False),
    ("Mahasiswa KPM tiba di posko, kata dosen pembimbing.", False),
    ("Sebanyak 30 KPM mengikuti rembuk stunting bersama Dinas PMD.", False),
    ("Tim KPM menang di kejuaraan bola voli.", False),
    ("Sebanyak 77 Kader Pembangunan Manusia (KPM) didampingi. Sasaran PKH ialah keluarga penerima manfaat.", True),
]


@pytest.mark.parametrize(("text", "families"), KPM)
def test_sense_of_kpm(annotate, text, families):
    assert kpm_sense(annotate(text)) is families


NAMED = [
    ("PKH dan BPNT disalurkan kepada 90 keluarga.", None, ["PKH", "BPNT"]),
    ("Kartu Sembako dan Program Keluarga Harapan dibagikan.", None, ["BPNT", "PKH"]),
    ("Bantuan Sosial Tunai (BST) cair.", None, ["BST"]),
    ("BLT Dana Desa dan BLT BBM berbeda.", None, ["BLT_DD", "BLT_BBM"]),
    ("BLT Kesra dibagikan, bukan BLT lain.", None, ["BLT_KESRA", "BLT"]),
    ("Rastra diganti bantuan pangan non tunai.", None, ["RASTRA", "BPNT"]),
    ("Penerima PKH mendapat bantuan beras.", None, ["PKH", "BERAS"]),
    ("Warga memegang KIS dan KIP serta kartu PKH.", None, ["PBI_JK", "PIP", "PKH"]),
    ("Kasus itu menjadi atensi kapolres; penerima PKH diminta melapor.", None, ["PKH"]),
    ("ATENSI diserahkan kepada penyandang disabilitas penerima PKH.", None, ["ATENSI", "PKH"]),
    ("Anggota KUBE peserta PKH memperoleh KUR.", None, ["KUBE", "PKH", "KUR"]),
    ("Rumah tidak layak huni milik peserta PKH diperbaiki lewat program PENA.", None, ["RTLH", "PKH", "PENA"]),
    ("Penerima PKH senang.", "BPNT dan PKH Cair", ["PKH", "BPNT"]),
    ("Satgas PKH menyita lahan.", None, []),
    ("Banjir merendam rumah warga.", None, []),
]


@pytest.mark.parametrize(("text", "title", "codes"), NAMED)
def test_programmes_in_order_of_first_mention(annotate, text, title, codes):
    assert programs(annotate(text, title)) == codes


@pytest.mark.parametrize("text", ["", " ", "\n\n", "PKH", "(", "KPM " * 500, "satgas PKH " * 300, "non PKH " * 300])
def test_odd_texts_are_no_trouble(annotate, text):
    doc = annotate(text)
    assert relevance(doc).relevant in (True, False)
    assert kpm_sense(doc) in (True, False)


PASSING = [
    (
        "BLT Desa Cair",
        "BLT Dana Desa dibagikan di Desa Hulu, Senin. Penerimanya 40 keluarga. Ada tiga nama baru. Dua orang peserta PKH dikeluarkan dari daftar itu.",
        False,
    ),
    (
        "BLT Desa Cair",
        "BLT Dana Desa dibagikan di Desa Hulu, Senin. Penerimanya 40 keluarga. Lima nama diganti. Mereka sudah menerima PKH, kata lurah.",
        False,
    ),
    (
        "Bansos Cair",
        "Bansos PKH dibagikan di Desa Hulu, Senin. Penerimanya 40 keluarga. Warga senang. Dua orang peserta PKH hadir bersama lurah.",
        True,
    ),
    (
        "BLT dan PKH Cair",
        "BLT Dana Desa dibagikan di Desa Hulu, Senin. Bansos PKH juga cair. Sebanyak 20 keluarga sudah menerima PKH.",
        True,
    ),
    ("Dana Cair", "Dua orang peserta PKH di Desa Hulu mengadu ke lurah, Senin, karena uangnya belum masuk.", True),
]


@pytest.mark.parametrize(("title", "text", "relevant"), PASSING)
def test_named_in_passing_in_a_report_on_another_aid(nlp, title, text, relevant):
    assert relevance(nlp(make_doc(nlp, title, text))).relevant is relevant


def test_two_names_side_by_side_are_both_named(nlp):
    doc = nlp(make_doc(nlp, None, "Bansos PKH dan sembako dibagikan kepada warga, Senin."))
    assert programs(doc) == ["PKH", "BPNT"]
    assert relevance(doc).relevant
