"""Exchange rates on the screen: empty, loaded, refused with the line, narrowed and exported."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.edges.web.conftest import Company
from xindun.kit.tenancy import tenant_scope
from xindun.record.reference import reads

DAY = date(2024, 5, 3)
# The publisher's layout, with figures that are made up.
HISTORY = "Date,USD,JPY,CYP,\n2024-05-03,1.25,164.50,N/A,\n2024-04-25,1.07,160,0.58,\n"


def send(client: Client, text: str, **more: Any) -> str:
    file = SimpleUploadedFile("rates.csv", text.encode())
    response = client.post(reverse("rates"), {"file": file, **more}, follow=True)
    return response.content.decode()


def test_rates_are_loaded_listed_narrowed_and_exported(company: Company, rival: Company) -> None:
    where = reverse("rates")
    page = company.client.get(where).content.decode()
    assert "No exchange rates yet" in page
    assert 'name="requote"' not in page
    page = send(company.client, HISTORY.replace("1.07", "much"))
    assert "Line 3: much is not a rate" in page
    assert "No exchange rates yet" in page
    page = send(company.client, HISTORY)
    assert "Loaded. Added: 4, corrected: 0, known before: 0." in page
    assert "no longer in use: CYP." in page
    assert "too old" in page  # today is years later
    assert "nothing changed" in send(company.client, HISTORY)
    other = "date,currency,rate,base\n2024-05-03,USD,0.14,CNY\n"
    page = send(company.client, other)
    assert "never mixed" in page
    assert 'name="requote"' in page
    assert "Loaded. Added: 1," in send(company.client, other, requote="on")
    assert "0.14" in company.client.get(f"{where}?on=2024-05-03").content.decode()
    send(company.client, HISTORY, requote="on")

    page = company.client.get(f"{where}?on=2024-05-03&sort=-rate").content.decode()
    assert "2 currencies for 2024-05-03" in page
    assert "too old" not in page
    assert page.index("164.5") < page.index("1.25") < page.index("0.8<")
    found = company.client.get(f"{where}?on=2024-05-03&q=dollar").content.decode()
    assert "1 currency for 2024-05-03" in found
    old = f"{where}?on={DAY - timedelta(days=1)}&state=old"
    assert "Nothing matches" in company.client.get(old).content.decode()
    text = company.client.get(f"{reverse('rates-export', args=['csv'])}?on=2024-05-10&q=usd")
    assert "USD,US Dollar,1.25,EUR,2024-05-03,7,Counts,ECB" in text.getvalue().decode()
    with tenant_scope(rival.tenant_id):
        assert reads.exchange(on=DAY).rates == {}
