"""What is done, under way, still to come, put off, called off or denied: cues and what they do not reach."""

import pytest

from pkh_extract.annotating.document import make_doc
from pkh_extract.annotating.events import events
from pkh_extract.annotating.pipeline import load

CASES = """
held|Bimtek pendamping PKH digelar Senin. Bimtek itu akan menambah wawasan mereka.
held|Dinas Sosial menggelar rakor PKH membahas program tahun depan di aula, Rabu.
held|Dinas Sosial Jawa Tengah menyalurkan bansos PKH kepada 400 KPM, Senin.
held|Menjelang Ramadan, bansos PKH disalurkan kepada 400 KPM di kantor pos.
held|Dinas Sosial menggelar rakor PKH yang dijadwalkan selama tiga hari.
held|Rakor PKH yang semula direncanakan kecil itu dihadiri bupati, Senin.
held|Di tengah pandemi, penyaluran bansos PKH dilakukan di balai desa, Kamis.
held|Bupati telah menyerahkan bantuan PKH kepada warga. Tahap berikutnya akan dibagikan Mei.
held|Labelisasi rumah KPM PKH digelar Rabu, agar data segera rapi.
held|Sebanyak 40 KPM PKH diwisuda di pendopo. Bupati akan membantu usaha mereka.
held|Pendamping PKH mengikuti pelatihan, Senin. Mereka siap mendampingi warga.
planned|Dinas Sosial akan menggelar pelatihan bagi pendamping PKH di hotel.
planned|Pelatihan pendamping PKH bakal digelar di hotel, kata kepala dinas.
planned|Bansos PKH segera disalurkan kepada 400 KPM, kata kepala dinas.
planned|Rakor PKH digelar pekan depan di ibu kota provinsi.
planned|Wisuda KPM PKH direncanakan berlangsung di pendopo, kata koordinator.
planned|Dinas Sosial berencana memasang stiker di rumah penerima PKH.
planned|Verifikasi data KPM PKH akan dilakukan petugas di semua desa.
planned|Bupati rencananya membuka jambore PKH di pantai.
ongoing|Petugas sedang melakukan verifikasi data penerima PKH di lapangan.
ongoing|Penyaluran bansos PKH masih berlangsung di kantor pos hingga sore.
ongoing|Dinas Sosial tengah memasang stiker di rumah KPM PKH.
ongoing|Saat ini 40 pendamping PKH sedang mengikuti diklat di ibu kota.
postponed|Penyaluran bansos PKH ditunda sampai data rekening rapi.
postponed|Jadwal wisuda KPM PKH diundur karena hujan lebat.
postponed|Jambore PKH tertunda akibat banjir, kata panitia.
cancelled|Panitia membatalkan jambore PKH tahun ini.
cancelled|Rakor PKH di hotel mewah urung digelar, kata sekretaris dinas.
denied|Kepala dinas membantah pemotongan bantuan PKH di desanya.
denied|Kabar pungli dana PKH itu tidak benar, kata koordinator pendamping.
"""


@pytest.fixture(scope="module")
def nlp():
    return load()


@pytest.mark.parametrize(("status", "text"), [row.split("|") for row in CASES.strip().splitlines()])
def test_status(nlp, status, text):
    found = events(nlp(make_doc(nlp, None, text)))
    assert found, "no event"
    assert found[0].status == status
