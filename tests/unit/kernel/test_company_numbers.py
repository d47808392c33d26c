"""Company numbers: every scheme takes a published example and says what is wrong with another.

The examples are those of python-stdnum's documentation and of the registers themselves.
"""

from __future__ import annotations

import pytest

from xindun.kernel import company_numbers as numbers
from xindun.kernel.company_schemes import SCHEMES, schemes_of

EXAMPLES = {
    "lei": ("213800KUD8LAJWSQ9D15", "213800KUD8LAJWSQ9D15"),
    "vat": ("DE 136 695 976", "DE136695976"),
    "eori": ("FR 73282932000074", "FR73282932000074"),
    "ra": ("RA000526:51078066", "RA000526:51078066"),
    "uscc": ("91110000600037341L", "91110000600037341L"),
    "ar_cuit": ("20-05536168-2", "20055361682"),
    "at_fn": ("FN 122119m", "122119m"),
    "au_abn": ("83 914 571 673", "83914571673"),
    "au_acn": ("004 085 616", "004085616"),
    "be_kbo": ("BE 428759497", "0428759497"),
    "br_cnpj": ("16.727.230/0001-97", "16727230000197"),
    "ca_bn": ("12302 6635 RC 0001", "123026635RC0001"),
    "ch_uid": ("CHE-100.155.212", "CHE100155212"),
    "cl_rut": ("76086428-5", "760864285"),
    "co_nit": ("213.123.432-1", "2131234321"),
    "de_hr": ("Aachen HRA 11223", "Aachen HRA 11223"),
    "dk_cvr": ("DK 13585628", "13585628"),
    "ee_rk": ("12345678", "12345678"),
    "es_cif": ("J99216582", "J99216582"),
    "fi_ytunnus": ("2077474-0", "20774740"),
    "fr_siren": ("404 833 048", "404833048"),
    "fr_siret": ("73282932000074", "73282932000074"),
    "gb_crn": ("sc 095000", "SC095000"),
    "hr_oib": ("HR 33392005961", "33392005961"),
    "hu_anum": ("HU-12892312", "12892312"),
    "il_hp": ("516179157", "516179157"),
    "in_gstin": ("27AAPFU0939F1ZV", "27AAPFU0939F1ZV"),
    "in_pan": ("ACUPA7085R", "ACUPA7085R"),
    "it_iva": ("IT 00743110157", "00743110157"),
    "jp_cn": ("5-8356-7825-6246", "5835678256246"),
    "kr_brn": ("116-82-00276", "1168200276"),
    "mx_rfc": ("VACE-460910-SX6", "VACE460910SX6"),
    "no_orgnr": ("988 077 917", "988077917"),
    "nz_ird": ("4909185-0", "49091850"),
    "pe_ruc": ("20512333797", "20512333797"),
    "pl_nip": ("PL 8567346215", "8567346215"),
    "pl_regon": ("192598184", "192598184"),
    "pt_nif": ("PT 501 964 843", "501964843"),
    "ro_cui": ("185 472 90", "18547290"),
    "ru_inn": ("1234567894", "1234567894"),
    "ru_ogrn": ("1022200525819", "1022200525819"),
    "se_orgnr": ("123456-7897", "1234567897"),
    "sg_uen": ("197401143C", "197401143C"),
    "si_maticna": ("9331310000", "9331310"),
    "th_tin": ("0-99-4-000-61772-1", "0994000617721"),
    "tr_vkn": ("4540536920", "4540536920"),
    "tw_ubn": ("00501503", "00501503"),
    "ua_edrpou": ("32855961", "32855961"),
    "us_ein": ("91-1144442", "911144442"),
    "vn_mst": ("0100233488", "0100233488"),
}


def test_every_scheme_has_a_published_example() -> None:
    assert EXAMPLES.keys() == SCHEMES.keys()


@pytest.mark.parametrize("scheme", EXAMPLES)
def test_a_published_number_is_taken_in_its_compact_form(scheme: str) -> None:
    written, compact = EXAMPLES[scheme]
    assert numbers.checked(scheme, written) == compact
    assert numbers.checked(scheme, compact) == compact


CHECKED = [code for code, each in SCHEMES.items() if each.has_check_digits or code == "vat"]


@pytest.mark.parametrize("scheme", CHECKED)
def test_most_single_wrong_digits_are_noticed(scheme: str) -> None:
    compact = EXAMPLES[scheme][1]
    digits = [place for place, sign in enumerate(compact) if sign.isdigit()]
    changed = [
        compact[:place] + str((int(compact[place]) + 1) % 10) + compact[place + 1 :]
        for place in digits
    ]
    refused = [each for each in changed if not numbers.is_valid(scheme, each)]
    assert len(refused) > len(changed) / 2


@pytest.mark.parametrize(
    ("scheme", "value", "code", "part"),
    [
        ("uscc", "9111000060003734L", "bad_identifier_length", "17 characters, not 18"),
        (
            "uscc",
            "91110000600037341M",
            "bad_identifier_check_digits_expected",
            "digits of the rest are L",
        ),
        ("lei", "213800KUD8LAJWSQ9D16", "bad_identifier_check_digits_expected", "in 16 where"),
        ("fr_siren", "404833049", "bad_identifier_check_digits_expected", "rest are 8"),
        ("vat", "DE136695977", "bad_identifier_check_digits", "DE136695977"),
        ("vat", "QQ136695977", "bad_identifier_part", "QQ136695977"),
        ("vat", "统136695977", "bad_identifier_part", "统136695977"),
        ("gb_crn", "1234567", "bad_identifier_length", "7 characters, not 8"),
        ("gb_crn", "1234567X", "bad_identifier", "1234567X"),
        ("de_hr", "Atlantis HRB 1", "bad_identifier_part", "Atlantis"),
        ("eori", "1X", "bad_identifier", "EORI"),
        ("lei", " ", "bad_identifier", "LEI"),
        ("lei", "9" * 5000, "bad_identifier", "LEI"),
        ("nothing", "1", "unknown_identifier_scheme", "nothing"),
    ],
)
def test_a_wrong_number_is_refused_with_its_reason(
    scheme: str, value: str, code: str, part: str
) -> None:
    with pytest.raises(numbers.BadIdentifier) as caught:
        numbers.checked(scheme, value)
    assert caught.value.code == code
    assert part in str(caught.value)


def test_greece_and_northern_ireland_keep_their_own_prefix() -> None:
    assert numbers.checked("vat", "EL 094259216") == "EL094259216"
    assert numbers.checked("vat", "XI 980 780 684") == "XI980780684"


def test_a_number_says_which_schemes_it_fits() -> None:
    assert ("lei", "213800KUD8LAJWSQ9D15") in numbers.recognised("213800KUD8LAJWSQ9D15")
    assert numbers.recognised("Acme Trading") == ()


def test_a_country_offers_its_own_numbers_first() -> None:
    assert [each.code for each in schemes_of("FR")][:3] == ["fr_siren", "fr_siret", "lei"]
    assert schemes_of(None)[0].code == "lei"
