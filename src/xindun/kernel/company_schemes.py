"""The numbers that registers and tax offices give companies, and what can be checked of each.

Which module of python-stdnum checks a scheme stands here, with the lengths and the place of the
check digits, so that a refusal can say what is wrong. What a reader would get wrong: schemes
without a module carry no check digits (a British company number, an EORI), or none that was
published; of them only the form is checked, and ``has_check_digits`` says so.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scheme:
    """One kind of number.

    Attributes:
        code: stable; national schemes begin with the country.
        name: as the register calls it, in its own language; shown as it is.
        country: ISO 3166-1 alpha-2; None for schemes of many countries.
        module: of python-stdnum, or empty: then ``form`` alone is checked.
        lengths: characters of the compact form that occur.
        check_digits: how many characters at the end are check digits; 0 when they stand elsewhere.
        form: regular expression of the compact form, for schemes without a module.
        of_one: a company has at most one (a company may have several VAT numbers).
    """

    code: str
    name: str
    country: str | None = None
    module: str = ""
    lengths: tuple[int, ...] = ()
    check_digits: int = 0
    form: str = ""
    of_one: bool = False

    @property
    def has_check_digits(self) -> bool:
        """Whether a mistyped number can be told from a right one."""
        return bool(self.module) and self.code not in WITHOUT_CHECK_DIGITS


WITHOUT_CHECK_DIGITS = frozenset({"at_fn", "de_hr", "in_pan", "kr_brn", "mx_rfc", "us_ein"})

_ALL = (
    Scheme("lei", "LEI", None, "lei", (20,), 2, of_one=True),
    Scheme("vat", "VAT / 增值税号"),
    # Two letters of the country and up to 15 characters (Regulation (EU) 2015/2447, Annex 12-01).
    Scheme("eori", "EORI", form=r"[A-Z]{2}[A-Z0-9]{1,15}"),
    # A business register of GLEIF's list and the number there.
    Scheme("ra", "GLEIF RA", form=r"RA[0-9]{6}:.{1,60}"),
    Scheme("uscc", "USCC 统一社会信用代码", "CN", "cn.uscc", (18,), 1, of_one=True),
    Scheme("ar_cuit", "CUIT", "AR", "ar.cuit", (11,), 1),
    Scheme("at_fn", "Firmenbuchnummer", "AT", "at.businessid"),
    Scheme("au_abn", "ABN", "AU", "au.abn", (11,)),
    Scheme("au_acn", "ACN", "AU", "au.acn", (9,), 1),
    Scheme("be_kbo", "KBO / BCE", "BE", "be.vat", (10,), 2),
    Scheme("br_cnpj", "CNPJ", "BR", "br.cnpj", (14,), 2),
    Scheme("ca_bn", "BN", "CA", "ca.bn", (9, 15)),
    Scheme("ch_uid", "UID / IDE", "CH", "ch.uid", (12,), 1),
    Scheme("cl_rut", "RUT", "CL", "cl.rut", (8, 9), 1),
    Scheme("co_nit", "NIT", "CO", "co.nit", tuple(range(8, 17)), 1),
    Scheme("de_hr", "Handelsregister", "DE", "de.handelsregisternummer"),
    Scheme("dk_cvr", "CVR", "DK", "dk.cvr", (8,), 1),
    Scheme("ee_rk", "Registrikood", "EE", "ee.registrikood", (8,), 1),
    Scheme("es_cif", "NIF (CIF)", "ES", "es.cif", (9,), 1),
    Scheme("fi_ytunnus", "Y-tunnus", "FI", "fi.ytunnus", (8,), 1),
    Scheme("fr_siren", "SIREN", "FR", "fr.siren", (9,), 1, of_one=True),
    Scheme("fr_siret", "SIRET", "FR", "fr.siret", (14,), 1),
    # Eight digits, or a prefix of the register such as SC or NI; leading zeroes belong to it.
    Scheme("gb_crn", "Company number", "GB", lengths=(8,), form=r"[0-9]{8}|[A-Z]{2}[0-9]{6}"),
    Scheme("hr_oib", "OIB", "HR", "hr.oib", (11,), 1),
    Scheme("hu_anum", "Adószám", "HU", "hu.anum", (8,), 1),
    Scheme("il_hp", "ח.פ.", "IL", "il.hp", (9,), 1),
    Scheme("in_gstin", "GSTIN", "IN", "in_.gstin", (15,), 1),
    Scheme("in_pan", "PAN", "IN", "in_.pan", (10,)),
    Scheme("it_iva", "Partita IVA", "IT", "it.iva", (11,), 1),
    Scheme("jp_cn", "法人番号", "JP", "jp.cn", (13,)),
    Scheme("kr_brn", "사업자등록번호", "KR", "kr.brn", (10,)),
    Scheme("mx_rfc", "RFC", "MX", "mx.rfc", (12, 13)),
    Scheme("no_orgnr", "Organisasjonsnummer", "NO", "no.orgnr", (9,), 1),
    Scheme("nz_ird", "IRD", "NZ", "nz.ird", (8, 9), 1),
    Scheme("pe_ruc", "RUC", "PE", "pe.ruc", (11,), 1),
    Scheme("pl_nip", "NIP", "PL", "pl.nip", (10,), 1),
    Scheme("pl_regon", "REGON", "PL", "pl.regon", (9, 14), 1),
    Scheme("pt_nif", "NIPC", "PT", "pt.nif", (9,), 1),
    Scheme("ro_cui", "CUI", "RO", "ro.cui", tuple(range(2, 11)), 1),
    Scheme("ru_inn", "ИНН", "RU", "ru.inn", (10, 12)),
    Scheme("ru_ogrn", "ОГРН", "RU", "ru.ogrn", (13, 15), 1),
    Scheme("se_orgnr", "Organisationsnummer", "SE", "se.orgnr", (10,), 1),
    Scheme("sg_uen", "UEN", "SG", "sg.uen", (9, 10), 1),
    Scheme("si_maticna", "Matična številka", "SI", "si.maticna", (7, 10)),
    Scheme("th_tin", "TIN", "TH", "th.tin", (13,), 1),
    Scheme("tr_vkn", "VKN", "TR", "tr.vkn", (10,), 1),
    Scheme("tw_ubn", "統一編號", "TW", "tw.ubn", (8,), 1),
    Scheme("ua_edrpou", "ЄДРПОУ", "UA", "ua.edrpou", (8,), 1),
    Scheme("us_ein", "EIN", "US", "us.ein", (9,)),
    Scheme("vn_mst", "MST", "VN", "vn.mst", (10, 13)),
)
SCHEMES = {scheme.code: scheme for scheme in _ALL}


def schemes_of(country: str | None) -> tuple[Scheme, ...]:
    """What a company of a country may have: its national numbers first, then those of anywhere."""
    own = tuple(each for each in _ALL if each.country is not None and each.country == country)
    return own + tuple(each for each in _ALL if each.country is None)
