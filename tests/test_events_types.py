# ruff: noqa: E501 - one case a line reads best
"""Headline and lead of invented reports, each with the event it tells: type and status."""

import pytest

from pkh_extract.annotating.document import make_doc
from pkh_extract.annotating.events import events
from pkh_extract.annotating.pipeline import load

# type | status | headline | lead
CASES = """
training|held|Puluhan Pendamping PKH Belajar Susun Laporan Digital|Dinas Sosial Kabupaten Mekarsari menggelar bimbingan teknis bagi 52 pendamping PKH di Hotel Anggrek, Selasa (4/3/2025). Mereka diajari menyusun laporan lewat aplikasi.
training|held|Dinsos Perkuat Kemampuan Pendamping|Kapasitas pendamping Program Keluarga Harapan di Kota Sukamaju terus diperkuat. Selama dua hari mereka mengikuti pelatihan pengasuhan anak di Aula Melati. Kepala dinas berharap graduasi KPM bertambah.
training|held|Operator PKH Ikuti Workshop Pengolahan Data|Sebanyak 12 operator PKH mengikuti workshop pengolahan data penerima di balai diklat, Kamis. Verifikasi data menjadi salah satu materinya.
training|held|Bupati Tutup Diklat P2K2|Diklat Pertemuan Peningkatan Kemampuan Keluarga (P2K2) bagi pendamping PKH resmi ditutup Bupati Sri Wening, Jumat (7/2/2025). Diklat itu berlangsung sepekan.
training|held|Wakil Wali Kota Minta Pendamping Lebih Tanggap|Wakil Wali Kota Hadi Purwa meminta pendamping PKH lebih tanggap terhadap keluhan warga. Pesan itu ia sampaikan saat membuka pembekalan pendamping PKH di Gedung Serbaguna, Rabu (12/6).
training|held|Pendamping PKH Digembleng Tiga Hari|Seratus pendamping PKH dari 18 kecamatan digembleng ilmu komunikasi oleh Balai Besar Kesejahteraan Sosial. Kegiatan berlangsung hingga Sabtu.
training|planned|Pekan Depan, 80 Pendamping PKH Akan Dilatih|Sebanyak 80 pendamping PKH di Kabupaten Lembayung akan mengikuti pelatihan di Surabaya pekan depan. Keberangkatan mereka dibiayai APBD.
training|planned|Dinsos Siapkan Bimtek Pendamping PKH|Dinas Sosial berencana menggelar bimtek bagi seluruh pendamping PKH bulan depan, kata Kepala Dinas Sosial Rudi Hartanto, Senin.
training|postponed|Bimtek PKH Ditunda|Bimtek pendamping PKH yang semula digelar Senin ditunda karena banjir merendam balai diklat, kata panitia.
training|cancelled|Anggaran Dipangkas, Bimtek PKH Batal|Bimtek pendamping PKH tahun ini dibatalkan karena anggarannya dipangkas, ujar Kepala Dinas Sosial Yani Sutisna.
training|held|Peningkatan Kapasitas SDM PKH Digelar di Puncak|Puluhan SDM PKH mengikuti kegiatan peningkatan kapasitas di kawasan Puncak akhir pekan lalu. Hadir sebagai narasumber seorang akademisi.
coordination_meeting|held|Pendamping PKH Dikumpulkan Bupati|Bupati Wiratama mengumpulkan seluruh pendamping PKH di pendopo, Kamis (9/1). Dalam pertemuan itu ia meminta data kemiskinan diperbaiki.
coordination_meeting|held|Dinas Sosial Gelar Rakor Peningkatan Kapasitas SDM PKH|Dinas Sosial Kota Bahari menggelar rakor peningkatan kapasitas SDM PKH di Hotel Samudra, Selasa. Rakor diikuti 60 peserta.
coordination_meeting|held|Sinergi Pendamping dan Kecamatan Diperkuat|Rapat koordinasi tingkat kabupaten yang membahas penyaluran bansos PKH dilaksanakan di aula dinas, Senin (3/2/2025). Kepala Bidang Linjamsos memimpin rapat tersebut.
coordination_meeting|held|Kadinsos Beri Pengarahan Pendamping PKH|Kepala Dinas Sosial memberikan pengarahan kepada 45 pendamping PKH di ruang pertemuan dinas, Rabu. Ia mengingatkan mereka menjaga netralitas.
coordination_meeting|held|DPRD Bahas Bansos Bersama Pendamping PKH|Komisi IV DPRD menggelar rapat dengar pendapat dengan dinas sosial dan pendamping PKH, Selasa (11/3). Rapat membahas data ganda.
coordination_meeting|held|Koordinator PKH Temui Kepala Bappeda|Koordinator kabupaten PKH beserta jajarannya beraudiensi dengan Kepala Bappeda di kantornya, Jumat. Mereka memaparkan rencana kerja.
coordination_meeting|held|Wagub Larang Pendamping Berpolitik|Wakil Gubernur melarang pendamping PKH ikut kampanye. Larangan itu ia tegaskan saat memimpin rapat evaluasi SDM PKH di kantor gubernur, Kamis.
coordination_meeting|planned|Rakor PKH Dijadwalkan Bulan Depan|Rakor PKH se-provinsi dijadwalkan berlangsung bulan depan di ibu kota provinsi, kata Kepala Dinas Sosial.
coordination_meeting|postponed|Rapat Evaluasi PKH Diundur|Rapat evaluasi PKH tingkat kota diundur sampai bulan puasa selesai, ujar sekretaris dinas sosial.
coordination_meeting|held|Evaluasi Kinerja, SDM PKH Berkumpul|Seluruh SDM PKH Kecamatan Tanjung Elok berkumpul di rumah makan Bambu untuk rapat bulanan, Sabtu. Camat ikut hadir.
coordination_meeting|held|Bupati Silaturahmi dengan Pendamping PKH|Bupati menggelar silaturahmi dan tatap muka dengan pendamping PKH di rumah dinasnya, Minggu malam.
outreach|held|Warga Dikenalkan pada PKH|Dinas Sosial mengadakan sosialisasi Program Keluarga Harapan bagi warga Desa Ngasem di balai desa, Senin. Warga antusias bertanya.
outreach|held|Polwan Beri Penyuluhan kepada Penerima PKH|Puluhan ibu penerima PKH mendapat penyuluhan kekerasan dalam rumah tangga dari Polwan Polres Argasari di aula kecamatan, Selasa (6/5).
outreach|held|Puskesmas Edukasi Gizi Penerima PKH|Edukasi gizi bagi penerima PKH digelar Puskesmas Wanasari, Kamis. Sebanyak 70 ibu hadir.
outreach|held|Sosialisasi Stunting untuk Penerima PKH|Sosialisasi pencegahan stunting digelar Dinas Sosial bagi 100 peserta PKH di balai kelurahan, Rabu.
outreach|held|Seminar Literasi Keuangan bagi KPM|Bank daerah menyelenggarakan seminar literasi keuangan bagi KPM PKH di gedung wanita, Sabtu.
outreach|planned|Sosialisasi PKH Akan Digelar di Sepuluh Desa|Dinas Sosial akan menggelar sosialisasi PKH di sepuluh desa mulai pekan depan, kata kepala bidang.
outreach|held|Dinas Sosial Sosialisasikan Aturan Baru|Dinas Sosial menyosialisasikan aturan baru kepesertaan PKH kepada perangkat desa di aula kecamatan, Selasa.
family_session|held|Ibu-Ibu KPM Ikuti P2K2|Pendamping PKH Desa Sukorejo menggelar P2K2 di rumah ketua kelompok, Jumat. Materi kali ini pengasuhan anak.
family_session|held|FDS di Dusun Krajan Berlangsung Meriah|Family Development Session (FDS) bagi KPM PKH di Dusun Krajan berlangsung Selasa pagi. Sebanyak 30 ibu hadir.
family_session|held|Pertemuan Kelompok Bahas Keuangan Keluarga|Pertemuan kelompok KPM PKH Kelurahan Tegalrejo diadakan di balai RW, Kamis. Pendamping memandu diskusi tentang keuangan keluarga.
family_session|held|Pendamping PKH Bertemu KPM di Balai Dusun|Pendamping PKH mengadakan pertemuan dengan KPM di balai dusun, Senin sore, membahas imunisasi anak.
family_session|held|Mahasiswa Ikut Kegiatan P2K2|Mahasiswa praktik ikut mendampingi kegiatan P2K2 keluarga penerima manfaat PKH di Desa Randu, Rabu.
family_session|held|Pendamping Bina KPM di Kelurahan Ujung|Pendamping PKH Kelurahan Ujung memberikan pembinaan kepada KPM di balai RW, Minggu. Ia berpesan agar uang dipakai untuk sekolah.
monitoring|held|Dewan Pantau Program Sosial|Anggota dewan memantau pelaksanaan Program Keluarga Harapan (PKH) di Kota Pelita, Rabu. Penyaluran dinilai lancar.
monitoring|held|Menteri Datangi Kampung Tepi Kali|Menteri Sosial mendatangi Kampung Tepi Kali dan melakukan peninjauan penyaluran bantuan PKH, Selasa. Ia mengunjungi rumah warga.
family_session|planned|P2K2 Akan Digelar Daring|Pendamping PKH akan menggelar P2K2 secara daring bulan depan, kata koordinator kecamatan.
family_session|held|Kegiatan FDS PKH Hadirkan Bidan|Kelompok Mawar penerima PKH mengikuti FDS bersama bidan desa, Selasa (18/2). Kegiatan dipandu pendamping.
distribution|held|Ribuan KPM Terima Bansos PKH|Sebanyak 4.120 KPM di Kabupaten Ranu menerima bantuan PKH tahap kedua. Penyaluran dilakukan lewat bank penyalur sejak Senin.
distribution|held|Bansos PKH Tahap Tiga Cair|Bantuan PKH tahap tiga untuk 2.300 keluarga di Kota Lestari sudah cair, kata Kepala Dinas Sosial, Jumat (5/9/2025).
distribution|held|Wali Kota Serahkan Bantuan|Wali Kota menyerahkan bantuan PKH secara simbolis kepada lima warga di halaman kantor camat, Selasa.
distribution|held|Lansia Antre di Kantor Pos|Puluhan lansia penerima PKH mengantre di kantor pos untuk mencairkan bantuan, Rabu pagi. Pencairan berlangsung tertib.
distribution|held|Beras untuk Penerima PKH Dibagikan|Beras bantuan sosial dibagikan kepada 540 penerima PKH di balai desa, Kamis. Tiap keluarga mendapat 10 kilogram.
distribution|held|Rp 12 Miliar Dana PKH Mengalir ke Kabupaten Tirta|Dana PKH sebesar Rp 12 miliar telah disalurkan kepada 9.000 keluarga di Kabupaten Tirta, ujar koordinator kabupaten.
distribution|ongoing|Penyaluran PKH Masih Berlangsung|Penyaluran bansos PKH di Kecamatan Sumber masih berlangsung hingga hari ini. Petugas bank mendatangi kantor desa.
distribution|planned|PKH Tahap Empat Segera Cair|Bansos PKH tahap empat segera cair, kata Kepala Dinas Sosial, Senin. Ia meminta warga bersabar.
distribution|postponed|Pencairan PKH Tertunda|Pencairan bansos PKH di Kabupaten Lor tertunda karena perbaikan data rekening, kata kepala dinas.
distribution|held|Bank Salurkan PKH ke Pulau Terluar|Bank penyalur menyalurkan bansos PKH bagi 120 KPM di Pulau Karang, Sabtu, dengan kapal motor.
distribution|held|Kartu KKS Diserahkan|Sebanyak 300 peserta PKH baru menerima kartu KKS di aula kecamatan. Penyerahan kartu disaksikan camat, Kamis.
graduation|held|Puluhan KPM Diwisuda|Sebanyak 60 KPM PKH di Kabupaten Kencana diwisuda bupati di alun-alun, Sabtu. Mereka dinilai telah mandiri.
graduation|held|Usaha Maju, Warga Pilih Keluar dari PKH|Seorang pedagang gorengan di Desa Karang memilih mundur sebagai penerima PKH karena usahanya maju, Selasa.
graduation|held|32 Keluarga Lulus dari PKH|Sebanyak 32 keluarga penerima PKH di Kecamatan Sari dinyatakan lulus tahun ini. Mereka sudah tidak lagi menerima bantuan.
graduation|held|Graduasi Mandiri Digelar di Pendopo|Graduasi mandiri 115 KPM PKH digelar di pendopo kabupaten, Rabu (10/12/2025). Bupati menyerahkan piagam.
graduation|held|Ratusan KPM Mengundurkan Diri|Sebanyak 214 KPM PKH mengundurkan diri setelah rumahnya ditempeli stiker, kata koordinator kota.
graduation|planned|Dinsos Akan Mewisuda 100 KPM|Dinas Sosial akan mewisuda 100 KPM PKH akhir bulan depan di gedung olahraga.
graduation|held|Penerima PKH Berkurang karena Graduasi|Sepanjang tahun ini 1.200 KPM PKH di Kota Bayu digraduasi, sehingga penerima tinggal 8.000 keluarga, kata kepala dinas, Jumat.
graduation|held|Kisah Bu Narti Lepas dari PKH|Bu Narti, penerima PKH selama lima tahun, mengundurkan diri dari kepesertaan. Surat pengunduran diri ia serahkan kepada pendamping, Senin.
data_verification|held|Data Penerima PKH Dicek Ulang|Petugas memverifikasi data penerima PKH di 14 desa sejak Senin. Warga mampu akan dicoret.
data_verification|held|Musdes Bahas Penerima Bansos|Pemerintah Desa Bumi menggelar musdes untuk membahas data penerima PKH, Kamis malam.
data_verification|held|Verifikasi dan Validasi Rampung|Verifikasi dan validasi calon penerima PKH di Kabupaten Sagara telah rampung, kata operator, Rabu.
data_verification|ongoing|Pemutakhiran Data KPM Sedang Berjalan|Dinas Sosial sedang melakukan pemutakhiran data KPM PKH di seluruh kelurahan. Hasilnya diumumkan bulan depan.
data_verification|held|Ratusan Penerima PKH Dicoret|Dinas Sosial mencoret 220 penerima PKH yang dinilai mampu setelah pendataan ulang, Selasa.
data_verification|planned|Data KPM Akan Divalidasi|Data KPM PKH di Kota Rimba akan divalidasi ulang mulai Januari, kata kepala dinas sosial.
data_verification|held|Pendamping PKH Lakukan Ground Check|Pendamping PKH Kecamatan Awi melaksanakan ground check data DTSEN dari rumah ke rumah, Senin (17/3/2025).
data_verification|held|Sinkronisasi Data PKH dengan Dukcapil|Pemadanan data penerima PKH dengan data kependudukan dilakukan Dinas Sosial bersama Dukcapil, Selasa.
labelling|held|Rumah Penerima PKH Dipasangi Stiker|Pemerintah kelurahan memasang stiker di 90 rumah penerima PKH, Selasa. Stiker bertuliskan keluarga miskin.
labelling|held|Labelisasi Rumah KPM Dimulai|Labelisasi rumah KPM PKH di Kecamatan Gading dimulai Rabu (5/2). Camat memimpin langsung.
labelling|held|Tembok Rumah Penerima Bansos Dicat|Tembok rumah penerima PKH di Desa Pulo dicat tulisan keluarga miskin oleh petugas, Kamis.
labelling|held|Stikerisasi Sasar 1.200 Rumah|Dinas Sosial melakukan stikerisasi 1.200 rumah penerima PKH dan BPNT, Senin.
labelling|planned|Rumah KPM Bakal Ditempeli Stiker|Rumah KPM PKH di Kota Senja bakal ditempeli stiker mulai bulan depan, kata wali kota.
labelling|held|Warga Tak Keberatan Rumahnya Dilabeli|Sebanyak 400 rumah penerima PKH telah dilabeli petugas Dinas Sosial, Jumat. Warga tak keberatan.
labelling|cancelled|Pemasangan Stiker Batal|Pemasangan stiker di rumah penerima PKH dibatalkan karena ditolak warga, kata lurah.
monitoring|held|Bupati Tinjau Penyaluran PKH|Bupati meninjau pencairan bansos PKH di kantor pos, Rabu. Ia berbincang dengan lansia yang mengantre.
monitoring|held|Tim Provinsi Monev PKH|Tim Dinas Sosial provinsi melakukan monitoring dan evaluasi pelaksanaan PKH di Kabupaten Ungu, Senin (7/4).
monitoring|held|Komisi VIII Kunjungi Kota Bahagia|Rombongan Komisi VIII DPR melakukan kunjungan kerja ke Kota Bahagia, Kamis, untuk melihat pelaksanaan PKH.
monitoring|held|Sidak, Wabup Temukan KPM Mampu|Wakil Bupati menggelar sidak ke rumah penerima PKH di Desa Tumpak, Selasa, dan menemukan warga mampu.
monitoring|held|Pendamping Home Visit ke Lansia|Pendamping PKH melakukan home visit ke rumah lansia penerima di Dusun Timur, Rabu.
monitoring|planned|Dewan Akan Pantau Penyaluran PKH|Anggota dewan akan melakukan kunjungan lapangan guna memantau penyaluran PKH pekan depan.
monitoring|held|Mensos Kunjungi Penerima PKH di Kampung Nelayan|Menteri Sosial mengunjungi keluarga penerima PKH di kampung nelayan, Sabtu. Ia melihat kondisi rumah mereka.
personnel|held|Pendamping PKH Terima SK PPPK|Sebanyak 120 pendamping PKH menerima SK pengangkatan sebagai PPPK dari bupati, Senin (6/10/2025).
personnel|held|Koordinator PKH Baru Dikukuhkan|Kepala Dinas Sosial mengukuhkan koordinator PKH tingkat kecamatan di aula dinas, Selasa.
personnel|held|Ratusan Pelamar Ikuti Tes Pendamping PKH|Ratusan pelamar mengikuti tes tertulis calon pendamping PKH di kampus setempat, Minggu.
enforcement|held|Lima Pendamping PKH Dipecat|Kementerian Sosial memberhentikan lima pendamping PKH yang melanggar kode etik, Rabu.
personnel|held|Penandatanganan Kontrak Pendamping PKH|Penandatanganan kontrak kerja 88 pendamping PKH berlangsung di dinas sosial, Kamis.
personnel|planned|Kemensos Akan Rekrut Ribuan Pendamping PKH|Kementerian Sosial akan merekrut 3.000 pendamping PKH baru tahun depan, kata dirjen.
personnel|held|Penantian Panjang Pendamping PKH Berakhir|Setelah belasan tahun mengabdi, 64 pendamping PKH Kabupaten Senja dilantik menjadi ASN, Rabu (1/10).
ceremony|held|Jambore SDM PKH Diikuti Ribuan Peserta|Jambore SDM PKH digelar di bumi perkemahan, Sabtu dan Minggu. Gubernur membuka acara itu.
ceremony|held|HUT PKH Dirayakan dengan Jalan Sehat|Peringatan hari ulang tahun PKH dimeriahkan jalan sehat di alun-alun, Minggu. Bupati melepas peserta.
ceremony|held|Apel Bersama Pendamping PKH|Wali kota memimpin apel pendamping PKH di halaman balai kota, Senin pagi.
ceremony|held|Pendamping PKH Raih Penghargaan Nasional|Pendamping PKH asal Kabupaten Nila meraih penghargaan dari Menteri Sosial di Jakarta, Selasa.
ceremony|held|Bupati Luncurkan Perluasan PKH|Bupati meluncurkan perluasan PKH di lapangan kecamatan, Kamis (8/3/2018). Acara dihadiri ratusan warga.
ceremony|held|Pendamping PKH Gelar Bakti Sosial|Pendamping PKH Kecamatan Loh menggelar bakti sosial membersihkan masjid, Jumat.
ceremony|planned|Jambore PKH Akan Digelar Akhir Tahun|Jambore PKH tingkat provinsi akan digelar akhir tahun di Pantai Indah, kata panitia.
ceremony|cancelled|Jambore PKH Dibatalkan|Jambore PKH provinsi dibatalkan karena pandemi, kata kepala dinas sosial.
empowerment|held|KPM Terima Modal Usaha|Sebanyak 20 KPM PKH menerima bantuan modal usaha dari Kementerian Sosial di balai desa, Rabu.
empowerment|held|Bazar Produk KPM PKH Ramai|Bazar UMKM KPM PKH digelar di halaman kantor bupati, Sabtu. Keripik buatan mereka laris.
empowerment|held|KUBE Penerima PKH Produksi Kerupuk|Kelompok usaha bersama (KUBE) penerima PKH di Desa Tani memproduksi kerupuk ikan. Dinas Sosial memberdayakan mereka sejak Januari.
empowerment|held|Dinsos Berdayakan KPM lewat Ternak Lele|Dinas Sosial memberdayakan KPM PKH lewat ternak lele di Kelurahan Air, Kamis.
empowerment|held|Warung KPM PKH Diresmikan|Warung KPM PKH di Kecamatan Ulu diresmikan camat, Senin. Produk KPM dijual di sana.
empowerment|planned|KPM PKH Akan Terima Bantuan Modal Usaha|Sebanyak 50 KPM PKH akan menerima bantuan modal usaha bulan depan, kata dinas sosial.
enforcement|held|Jaksa Tahan Pendamping PKH|Kejaksaan Negeri menahan seorang pendamping PKH berinisial DR, Selasa. Ia menjadi tersangka korupsi bansos.
enforcement|held|Polisi Selidiki Pemotongan Dana PKH|Polres Cakra menyelidiki dugaan pemotongan dana PKH di tiga desa. Sebanyak 15 saksi diperiksa, kata kasatreskrim, Rabu.
enforcement|held|Mantan Koordinator PKH Divonis|Mantan koordinator PKH divonis dua tahun penjara oleh pengadilan tipikor, Kamis, karena korupsi dana bansos.
enforcement|held|Kejari Geledah Kantor Dinas Sosial|Penyidik kejaksaan menggeledah kantor dinas sosial terkait kasus dana PKH, Senin.
enforcement|held|Sidang Korupsi PKH Digelar|Sidang perdana kasus korupsi PKH digelar di pengadilan negeri, Selasa. Jaksa membacakan dakwaan.
enforcement|ongoing|Kasus Dana PKH Masih Diselidiki|Kasus dugaan penyelewengan dana PKH masih diselidiki polisi, kata kapolres, Jumat.
enforcement|held|Ketua Kelompok PKH Ditetapkan Tersangka|Polisi menetapkan ketua kelompok PKH sebagai tersangka penggelapan kartu ATM, Rabu.
complaint|held|Warga Geruduk Kantor Desa Soal PKH|Puluhan warga berunjuk rasa di kantor desa, Senin, menuntut penjelasan soal data penerima PKH.
complaint|held|Bantuan PKH Dipotong, Warga Mengeluh|Sejumlah penerima PKH di Desa Kembang mengeluh karena bantuannya dipotong Rp 50 ribu oleh ketua kelompok.
complaint|held|Ibu-Ibu Protes Tak Dapat PKH|Belasan ibu memprotes pendamping PKH karena nama mereka hilang dari daftar, Selasa.
complaint|held|LSM Soroti Bansos Salah Sasaran|Sebuah LSM menyoroti penyaluran PKH yang dinilai salah sasaran di Kabupaten Rona, Kamis.
complaint|held|KPM Mengadu ke Dewan|Sepuluh KPM PKH mengadu ke DPRD, Rabu, karena kartu ATM mereka dipegang ketua kelompok.
complaint|denied|Pendamping Bantah Dugaan Pungli PKH|Koordinator pendamping PKH membantah dugaan pungli terhadap penerima bantuan, Jumat.
complaint|held|Dugaan Pungli Bansos PKH Mencuat|Dugaan pungli bansos PKH mencuat di Kecamatan Lima. Warga mengaku diminta Rp 20 ribu tiap pencairan.
statement|held|Penerima PKH Bertambah Dua Ribu|Jumlah penerima PKH di Kabupaten Wana bertambah 2.000 keluarga menjadi 14.000 keluarga, kata kepala dinas sosial, Senin.
statement|held|Kuota PKH Kota Surya Naik|Kota Surya mendapat tambahan kuota PKH sebanyak 900 keluarga tahun ini, ujar koordinator kota, Selasa.
statement|held|Penerima PKH Terbanyak di Kecamatan Barat|Penerima PKH di Kabupaten Ketapang terbanyak berada di Kecamatan Barat. Jumlah penerima di sana mencapai 3.000 keluarga, kata kepala bidang.
statement|held|Mensos: PKH Tetap Berlanjut|Menteri Sosial memastikan PKH tetap berlanjut tahun depan. Anggaran PKH naik menjadi Rp 30 triliun, katanya di Jakarta.
statement|held|Ribuan Keluarga Belum Masuk PKH|Sebanyak 7.000 keluarga miskin di Kabupaten Hulu belum masuk PKH, kata kepala dinas, Kamis.
statement|held|Angka Kemiskinan Turun Berkat PKH|Angka kemiskinan di Kota Dewa turun satu persen berkat PKH, kata wali kota, Jumat.
enforcement|held|Kartu Warga Disimpan, Dua Pendamping PKH Dicopot|Dua oknum pendamping PKH di Kabupaten Lindu dicopot oleh kementerian karena menyimpan kartu warga, kata kepala dinas, Jumat.
enforcement|held|Langgar Kode Etik, Pendamping PKH Kena Sanksi|Seorang pendamping PKH di Kota Bening dijatuhi sanksi berupa skorsing enam bulan, Selasa. Ia memungut uang dari KPM.
complaint|held|Warga Tuntut Pendamping PKH Dipecat|Puluhan warga berunjuk rasa di kantor camat, Rabu, menuntut pendamping PKH dipecat.
complaint|held|Saldo Berkurang, Ibu-Ibu Mengamuk di Kelurahan|Belasan ibu penerima PKH mendatangi kantor kelurahan, Senin. Mereka mengamuk karena saldo yang diterima hanya separuh.
complaint|held|Dana PKH Tak Utuh|Dana yang diterima KPM PKH di Desa Pasir tak utuh. Warga lalu mendatangi balai desa, Kamis, meminta penjelasan.
complaint|held|Uang PKH Raib|Sejumlah penerima PKH di Dusun Ngulon merasa kehilangan uang. Kartu mereka dicairkan orang lain tanpa sepengetahuan pemiliknya, kata seorang warga, Minggu.
labelling|held|Penerima PKH Ditandai|Stiker penerima PKH itu sudah ditempel di 40 rumah warga Nagari Lembah, kata wali nagari, Selasa. Siapa yang merusaknya dihapus dari daftar penerima.
ceremony|held|Pendamping PKH Terima Penghargaan Bupati|Bupati memberi penghargaan kepada tiga pendamping yang berhasil melakukan graduasi KPM PKH, Jumat.
statement|held|PKH di Kabupaten Rawa|Di Kabupaten Rawa terdapat 7.200 keluarga peserta PKH.
other|held|Pendamping PKH Tewas Kecelakaan|Seorang pendamping PKH tewas setelah sepeda motornya bertabrakan dengan truk, Rabu malam.
other|held|Kebakaran Hanguskan Rumah Penerima PKH|Kebakaran menghanguskan rumah seorang penerima PKH di Desa Wetan, Minggu dini hari.
"""

ROWS = [row.split("|", 3) for row in CASES.strip().splitlines()]


@pytest.fixture(scope="module")
def nlp():
    return load()


def test_the_table_spreads_over_all_types_and_statuses():
    from typing import get_args

    from pkh_extract.record import EventStatus, EventType

    assert len(ROWS) >= 120
    assert {row[0] for row in ROWS} == set(get_args(EventType))
    assert {row[1] for row in ROWS} == set(get_args(EventStatus))


@pytest.mark.parametrize(("kind", "status", "title", "text"), ROWS, ids=[row[2][:40] for row in ROWS])
def test_main_event(nlp, kind, status, title, text):
    found = events(nlp(make_doc(nlp, title, text)))
    assert [(event.type, event.status) for event in found[:1]] == [(kind, status)]
