"""Files of rates: the ECB's three, and a plain CSV in either way of quoting."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from xindun.connectors.rate_files import read_rates
from xindun.kernel.errors import DomainError
from xindun.record.reference.values import Quote

# The publisher's layout, with figures that are made up.
HISTORY = "Date,USD,JPY,CYP,\n2024-05-03,1.0750,164.50,N/A,\n2024-05-02,1.07,N/A,0.58,\n"
DAILY = "Date, USD, JPY, \n03 May 2024, 1.0750, 164.50, \n"
XML = """<?xml version="1.0" encoding="UTF-8"?>
<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01"
 xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref"><gesmes:subject>Reference rates
</gesmes:subject><Cube><Cube time="2024-05-03">
<Cube currency="USD" rate="1.0750"/><Cube currency="JPY" rate="164.50"/></Cube>
<Cube time="2024-05-02">
<Cube currency="USD" rate="1.07"/><Cube currency="CYP" rate="0.58"/></Cube></Cube>
</gesmes:Envelope>"""
FRIDAY, THURSDAY = date(2024, 5, 3), date(2024, 5, 2)
QUOTES = {
    Quote("USD", FRIDAY, Decimal("1.0750")),
    Quote("JPY", FRIDAY, Decimal("164.50")),
    Quote("USD", THURSDAY, Decimal("1.07")),
}


@pytest.mark.parametrize("text", [HISTORY, f"\ufeff{HISTORY}", XML])
def test_the_ecbs_history_is_read_and_names_what_it_leaves_out(text: str) -> None:
    read = read_rates(text.encode())
    assert (read.source, read.quoted_in, read.left_out) == ("ECB", "EUR", ("CYP",))
    assert set(read.quotes) == QUOTES
    assert str(read.quotes[0].per_unit) == "1.0750"


def test_the_ecbs_daily_file_is_read() -> None:
    assert set(read_rates(DAILY.encode()).quotes) == {each for each in QUOTES if each.on == FRIDAY}


def test_a_plain_file_is_read_whichever_side_is_priced() -> None:
    direct = "date,currency,rate,base\n2024-05-03,USD,1.0750,EUR\n2024/5/3,usd,1.0750,eur\n\n"
    read = read_rates(direct.encode(), source="House bank")
    assert (read.source, read.quoted_in) == ("House bank", "EUR")
    assert read.quotes == (Quote("USD", FRIDAY, Decimal("1.0750")),)
    turned = "日期,基准货币,汇率,币种\n2024-05-03,USD,8,CNY\n2024-05-03,EUR,7.8,CNY\n"
    read = read_rates(turned.encode("gb18030"))
    assert (read.source, read.quoted_in) == ("own", "CNY")
    assert read.quotes[0] == Quote("USD", FRIDAY, Decimal("0.125"))
    assert read.quotes[1].per_unit == Decimal("0.128205128205128205128205")
    both = b"date,currency,rate,base\n2024-05-03,CNY,8,USD\n"
    assert read_rates(both).quoted_in == "USD"
    assert read_rates(both, prefer="CNY").quotes == (Quote("USD", FRIDAY, Decimal("0.125")),)


HEADS = "date,currency,rate,base\n"


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("", "no_rate_file", "neither the ECB's"),
        ("customer,amount\nA,1\n", "no_rate_file", ""),
        ("<html><body>Not found</body></html>", "no_rate_file", ""),
        (XML[:-30], "no_rate_file", ""),
        (XML.replace("?>\n", '?>\n<!DOCTYPE a [<!ENTITY b "c">]>\n', 1), "no_rate_file", ""),
        (XML.replace("164.50", "much"), "bad_rate", "Line 5: much"),
        (XML.replace("2024-05-02", "soon"), "bad_rate_day", "Line 7: soon"),
        (HISTORY.replace("1.07,", "0,"), "bad_rate", "Line 3: 0 is"),
        (HISTORY.replace("1.07,", "-1,"), "bad_rate", "Line 3: -1 is"),
        (HISTORY.replace("1.07,", "1e3,"), "bad_rate", "Line 3: 1e3 is"),
        (HISTORY.replace("05-02", "02-30"), "bad_rate_day", "Line 3: 2024-02-30 is"),
        (HISTORY.replace("1.07,", ""), "wrong_rate_columns", "Line 3 has 4 columns"),
        (HISTORY.replace("05-02", "05-03"), "rate_twice", "Line 3: USD has another"),
        (f"{HEADS}2024-05-03,USD,1.0750\n", "rate_columns_missing", "Line 2 lacks"),
        (f"{HEADS}2024-05-03,DEM,1.0750,EUR\n", "bad_rate_currency", "Line 2: DEM is"),
        (f"{HEADS}2024-05-03,XXX,1.0750,EUR\n", "bad_rate_currency", "Line 2: XXX is"),
        (f'{HEADS}2024-05-03,USD,"1,0750",EUR\n', "bad_rate", "Line 2: 1,0750 is"),
        (
            f"{HEADS}2024-05-03,USD,1,EUR\n2024-05-03,CNY,7,USD\n",
            "mixed_quotation",
            "Line 3: CNY for one USD",
        ),
    ],
)
def test_what_is_wrong_is_named_with_its_line(text: str, code: str, said: str) -> None:
    with pytest.raises(DomainError) as refused:
        read_rates(text.encode())
    assert refused.value.code == code
    assert said in str(refused.value)
