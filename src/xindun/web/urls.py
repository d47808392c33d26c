"""The addresses of all screens; each screen lists its own."""

from __future__ import annotations

from django.urls import include, path

from xindun.web.checks.settings import page as checklist
from xindun.web.grade.urls import report_patterns
from xindun.web.identity.urls import of_buyer as identity_patterns
from xindun.web.language.views import switch
from xindun.web.limits.urls import of_buyer as limit_patterns
from xindun.web.orders.urls import of_buyer as order_patterns
from xindun.web.securities.urls import of_buyer as security_patterns

urlpatterns = [
    path("", include("xindun.web.signin.urls")),
    path("", include("xindun.web.security.urls")),
    path("language/", switch, name="language"),
    path("", include("xindun.web.portfolio.urls")),
    path("today/", include("xindun.web.today.urls")),
    path("buyers/", include("xindun.web.buyers.urls")),
    path("buyers/", include("xindun.web.buyer.urls")),
    path("buyers/", include("xindun.web.report.urls")),
    path("buyers/", include(identity_patterns)),
    path("buyers/", include("xindun.web.group.urls")),
    path("buyers/", include("xindun.web.statements.urls")),
    path("buyers/", include(limit_patterns)),
    path("buyers/", include(security_patterns)),
    path("limits/", include("xindun.web.limits.urls")),
    path("securities/", include("xindun.web.securities.urls")),
    path("buyers/", include("xindun.web.grade.urls")),
    path("buyers/", include("xindun.web.reports.urls")),
    path("sources/", include("xindun.web.sources.urls")),
    path("buyers/", include("xindun.web.checks.urls")),
    path("screening/", include("xindun.web.screening.urls")),
    path("checklist/", checklist, name="checklist"),
    path("policy/", include("xindun.web.policy.urls")),
    path("buyers/", include("xindun.web.facts.urls")),
    path("buyers/", include("xindun.web.files.urls")),
    path("orders/", include("xindun.web.orders.urls")),
    path("buyers/", include(order_patterns)),
    path("imports/", include("xindun.web.imports.urls")),
    path("own-credit/", include("xindun.web.own_credit.urls")),
    path("personal-data/", include("xindun.web.privacy.urls")),
    path("overridden-grades/", include(report_patterns)),
    path("companies/", include("xindun.web.identity.urls")),
    path("models/", include("xindun.web.models.urls")),
    path("risks/", include("xindun.web.risks.urls")),
    path("rates/", include("xindun.web.rates.urls")),
    path("evidence/", include("xindun.web.evidence.urls")),
    path("webhooks/", include("xindun.web.webhooks.urls")),
    path("system/", include("xindun.web.system.urls")),
    path("people/", include("xindun.web.people.urls")),
    path("approvals/", include("xindun.web.approvals.urls")),
    path("keys/", include("xindun.web.keys.urls")),
]
