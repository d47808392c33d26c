"""Django's settings, from the environment and the data home; no secret stands here.

| variable | meaning |
| --- | --- |
| ``XINDUN_HOME`` | the data folder |
| ``DATABASE_URL``, ``DATABASE_OWNER_URL`` | a PostgreSQL of your own instead of the embedded one |
| ``XINDUN_PUBLIC_URL`` | the address users type, such as https://credit.example.com |
| ``XINDUN_ALLOWED_HOSTS`` | further host names, separated by commas |
| ``XINDUN_EVIDENCE_KEY_FILE`` | the key that signs the evidence log, instead of the home's |
| ``XINDUN_TSA_URL`` | the RFC 3161 authority that stamps the evidence log; none when empty |
| ``XINDUN_TSA_CA_FILE`` | whom to trust for its stamps, instead of the usual authorities |
| ``XINDUN_TSA_MINUTES`` | how often a log is stamped at most; 15 when not set |
| ``XINDUN_SECRET_KEY`` | instead of the generated one in the home |
| ``XINDUN_SECRET_KEY_FALLBACKS`` | former ones, separated by white space, still readable |
| ``XINDUN_OUTGOING_ALLOW`` | hosts and networks that may be called though private |
| ``XINDUN_OUTGOING_CA_FILE`` | authorities to trust in outgoing calls instead of the usual ones |
| ``…_FILE`` | a file that holds the value, for each of these that is a secret |
| ``XINDUN_API_REQUESTS_PER_MINUTE`` | how often one API key may ask; 600 by default |
| ``XINDUN_LOG_FORMAT``, ``XINDUN_LOG_LEVEL`` | ``json`` or ``line``; what is told |
| ``XINDUN_METRICS_TOKEN`` | opens ``/metrics`` to whoever sends it |
| ``XINDUN_DEBUG`` | 1 shows errors in the browser; never where others can reach it |
"""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

from xindun.config import database
from xindun.config.given import given_secret
from xindun.config.home import home, secret
from xindun.config.logs import settings_of_logging
from xindun.config.signin import *  # noqa: F403 - settings are read as one module

PACKAGE = Path(__file__).resolve().parent.parent
XINDUN_HOME = home()

DEBUG = os.environ.get("XINDUN_DEBUG") == "1"
SECRET_KEY = given_secret("XINDUN_SECRET_KEY") or secret("django_secret_key")
# Former keys: what they signed or sealed stays readable, and nothing new is made with them.
SECRET_KEY_FALLBACKS = given_secret("XINDUN_SECRET_KEY_FALLBACKS").split()

_public = urlsplit(os.environ.get("XINDUN_PUBLIC_URL", ""))
_https = _public.scheme == "https"
_hosts = os.environ.get("XINDUN_ALLOWED_HOSTS", "").split(",")
ALLOWED_HOSTS = [
    *("localhost", "127.0.0.1", "[::1]"),
    *([_public.hostname] if _public.hostname else []),
    *(host.strip() for host in _hosts if host.strip()),
]
CSRF_TRUSTED_ORIGINS = [f"{_public.scheme}://{_public.netloc}"] if _public.netloc else []

INSTALLED_APPS = [
    # First: a sentence that a library has too is said in our words.
    "xindun.web",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "procrastinate.contrib.django",
    "xindun.kit",
    "xindun.record.evidence",
    "xindun.record.tenants",
    "xindun.record.signin",
    "xindun.record.own_file",
    "xindun.record.reference",
    "xindun.record.parties",
    "xindun.record.company_file",
    "xindun.record.statements",
    "xindun.record.screening",
    "xindun.record.exposure",
    "xindun.record.orders",
    "xindun.record.receivables",
    "xindun.prevention.models",
    "xindun.prevention.onboarding",
    "xindun.prevention.scoring",
    "xindun.prevention.credit_policy",
    "xindun.prevention.securities",
    "xindun.prevention.limits",
    "xindun.control.gate",
    "xindun.control.monitoring",
    "xindun.connectors.webhooks",
    "xindun.connectors.bureau",
    "xindun.api",
]

MIDDLEWARE = [
    # First: whatever answers, and whatever is logged on the way, carries the request's id.
    "xindun.kit.middleware.RequestId",
    "xindun.kit.logs.AccessLog",
    "xindun.config.operations.metrics.RequestMetrics",
    "django.middleware.security.SecurityMiddleware",
    "xindun.kit.hardening.SecurityHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    # Below the language, which problems are told in; above the tenant, which a key names.
    "xindun.api.middleware.ProblemMiddleware",
    "xindun.api.middleware.KeyMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # Before any body is read, which the check of a form's token does as soon as a view is due.
    "xindun.kit.hardening.RequestSize",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "xindun.web.signin.middleware.SessionTimes",
    # Last: the view and nothing else runs inside the tenant's transaction.
    "xindun.kit.middleware.TenantMiddleware",
]
XINDUN_API_REQUESTS_PER_MINUTE = int(os.environ.get("XINDUN_API_REQUESTS_PER_MINUTE", "600"))
TENANT_OF_REQUEST = "xindun.config.requests.tenant_of_request"
# Which connector reads a ledger file for the record.
XINDUN_LEDGER_READER = "xindun.config.ledger_reading.read_ledger_file"
# Who can be asked about a company, in the order in which nobody has another one set.
XINDUN_BUREAU_SOURCES = (
    "xindun.connectors.bureau.gleif_api.GleifApi",
    "xindun.connectors.bureau.companies_house.CompaniesHouse",
)
# Who keeps the private key that signs the evidence log.
XINDUN_EVIDENCE_KEYS = "xindun.config.evidence_keys.KeyFile"
XINDUN_EVIDENCE_KEY_FILE = os.environ.get("XINDUN_EVIDENCE_KEY_FILE")
# Who stamps the evidence log's tree heads; see record/evidence/actions/stamp.py.
XINDUN_TSA_URL = os.environ.get("XINDUN_TSA_URL", "")
XINDUN_TSA_CA_FILE = os.environ.get("XINDUN_TSA_CA_FILE")
XINDUN_TSA_MINUTES = int(os.environ.get("XINDUN_TSA_MINUTES") or 15)
# Kind of evidence → who computes the decision again; see record/evidence/ports.py.
XINDUN_REPLAYERS = {
    "companies_graded": "xindun.config.replaying.companies_graded",
    "ledger_imported": "xindun.config.replaying.ledger_imported",
    "portfolio_reviewed": "xindun.config.replaying.portfolio_reviewed",
    "order_checked": "xindun.config.replaying.order_checked",
}
# Kind of proposal → the action that carries an approved one out; see record/tenants/ports.py.
XINDUN_PROPOSALS = {
    "owner_granted": "xindun.record.tenants.actions.grant_owner",
    "party_merged": "xindun.record.parties.actions.merge_approved",
    "four_eyes_changed": "xindun.record.tenants.actions.change_rule",
    "grade_overridden": "xindun.prevention.scoring.actions.override_approved",
    "person_erased": "xindun.record.privacy.actions.erase_approved",
    "waiver_granted": "xindun.prevention.onboarding.actions.grant_waiver",
    "checklist_changed": "xindun.prevention.onboarding.actions.change_checklist",
    "credit_policy_changed": "xindun.prevention.credit_policy.actions.change_policy",
    "model_promoted": "xindun.prevention.models.actions.promote_approved",
    "hit_decided": "xindun.record.screening.actions.decide_hit",
    "security_accepted": "xindun.prevention.securities.actions.accept",
}
# Event → tasks that listen; see kit/events.py.
XINDUN_LISTENERS = {
    "ledger_changed": [
        "monitoring.run_after_import",
        "screening.screen_due",
        "parties.prepare_matches",
        "gate.after_payment",
    ],
    "party_opened": ["screening.screen_due", "gate.after_change"],
    "file_changed": ["scoring.regrade", "gate.after_change"],
    "limits_changed": ["gate.after_payment"],
}
# Tasks that hand events of the outbox to the world outside; see kit/outbox.py.
XINDUN_OUTBOX_CONSUMER = "webhooks.dispatch"
# Which addresses people may configure that Xindun then calls; see kit/outgoing.py.
XINDUN_OUTGOING_ALLOW = tuple(os.environ.get("XINDUN_OUTGOING_ALLOW", "").replace(",", " ").split())
XINDUN_OUTGOING_CA_FILE = os.environ.get("XINDUN_OUTGOING_CA_FILE")

ROOT_URLCONF = "xindun.config.urls"
WSGI_APPLICATION = "xindun.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "xindun.web.context.console",
            ]
        },
    }
]

# Both names are the same database; queries go to the first, migrations run through the second.
DATABASES = {
    "default": database.django_settings(database.app_url()),
    "owner": database.django_settings(database.owner_url()),
}
# kit/migrations.py holds operations for the migrations of all.
MIGRATION_MODULES = {"kit": "xindun.kit.schema"}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "tenants.User"
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "login"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("zh-hans", "简体中文")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = XINDUN_HOME / "static"
# `xindun up` collects the files under hashed names and says so to the workers it starts.
_hashed = os.environ.get("XINDUN_HASHED_STATIC") == "1"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage."
        + ("ManifestStaticFilesStorage" if _hashed else "StaticFilesStorage")
    },
}

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = _https
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = _https
CSRF_FAILURE_VIEW = "xindun.web.errors.views.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if _https else 0
# Behind a proxy that ends TLS; only believed where the public address says https.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _https else None
X_FRAME_OPTIONS = "DENY"
_FEATURES_NOT_USED = (
    *("accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen"),
    *("geolocation", "gyroscope", "hid", "magnetometer", "microphone", "midi", "payment"),
    *("picture-in-picture", "screen-wake-lock", "serial", "sync-xhr", "usb", "xr-spatial-tracking"),
)
CONTENT_SECURITY_POLICY = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self' data:",
    "object-src": "'none'",
    "base-uri": "'none'",
    # Browsers apply this to where an answer to a form leads, too: the sign-in provider.
    "form-action": " ".join(["'self'", *(OIDC.origins if OIDC else [])]),  # noqa: F405
    "frame-ancestors": "'none'",
    "frame-src": "'none'",
    "worker-src": "'none'",
    **({"upgrade-insecure-requests": ""} if _https else {}),
}
SECURITY_HEADERS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(
        [
            *(f"{feature}=()" for feature in _FEATURES_NOT_USED),
            "clipboard-write=(self)",
            "publickey-credentials-create=(self)",
            "publickey-credentials-get=(self)",
        ]
    ),
    "X-Permitted-Cross-Domain-Policies": "none",
    # Pages show a company's customers: no copy stays in a browser or in a proxy.
    "Cache-Control": "private, no-store",
}

# A form's body; uploads have a bound of their own, and only where they belong.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000
DATA_UPLOAD_MAX_NUMBER_FILES = 10
_upload = 2 * 1024**3 + DATA_UPLOAD_MAX_MEMORY_SIZE
_document = 25 * 1024**2 + DATA_UPLOAD_MAX_MEMORY_SIZE
XINDUN_UPLOADS = {
    "imports": _upload,
    "api:upload_import": _upload,
    "statements-import": 11 * 1024**2,
    "buyer-reports": _upload,
    "watch-list": 20_000_000,
    "rates": 50_000_000 + DATA_UPLOAD_MAX_MEMORY_SIZE,
    "buyer-files": _document,
    "api:store_file": _document,
    "api:upload_report": _upload,
    "api:import_statements": 11 * 1024**2,
}
TOO_LARGE_VIEW = "xindun.web.errors.views.too_large"

XINDUN_METRICS_TOKEN = given_secret("XINDUN_METRICS_TOKEN")
XINDUN_HAS_PUBLIC_URL = bool(_public.netloc)

LOGGING = settings_of_logging()
PROCRASTINATE_ON_APP_READY = "xindun.kit.logs.name_tasks"
