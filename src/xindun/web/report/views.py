"""A buyer's credit report, to be read on paper.

What a reader would get wrong: the report shows the grade, so it is confidential and says so on
every page. Nothing of it is meant for the buyer.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xindun.kit.typesetting import typeset
from xindun.record.parties.values import BuyerValue
from xindun.record.tenants.reads import current_tenant
from xindun.record.tenants.values import Language, Permission
from xindun.web import formats
from xindun.web.access import allowed
from xindun.web.buyer.tabs import asked_buyer
from xindun.web.own_credit.today import today_here
from xindun.web.report.sections import sections_of

LAYOUT = Path(__file__).parent / "layout.typ"


@allowed(Permission.FILES_READ)
@require_safe
def report(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The report as of today; ``?lang=en`` or ``zh-hans`` chooses its language."""
    buyer = asked_buyer(public_id)
    asked = request.GET.get("lang", "")
    language = asked if asked in set(Language) else get_language() or Language.ENGLISH.value
    with override(language):
        made = typeset(LAYOUT, _content(buyer, language), now=timezone.now())
    response = HttpResponse(made, content_type="application/pdf")
    name = f"credit-report-{buyer.buyer_key}-{today_here()}.pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{_plain(name)}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _plain(name: str) -> str:
    """Only what every system takes in a file's name."""
    return "".join(
        each if each.isascii() and (each.isalnum() or each in "-.") else "_" for each in name
    )


def _content(buyer: BuyerValue, language: str) -> dict[str, Any]:
    day = formats.day(today_here())
    return {
        "lang": "zh" if language.startswith("zh") else "en",
        "title": _("Credit report: {name}").format(name=buyer.name),
        "subtitle": _("Made for {company} as of {day}").format(
            company=current_tenant().name, day=day
        ),
        "notice": _("Confidential: for inside the company, not for the buyer"),
        "made": _("Xindun 信盾 · made on {at} UTC").format(at=f"{timezone.now():%Y-%m-%d %H:%M}"),
        "sections": sections_of(buyer),
    }
