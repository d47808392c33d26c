"""Settings of sign-in: django-allauth, its bounds, and mail.

Imported by ``settings`` as a whole. What a reader would get wrong: nobody signs up. Logins are
made by ``xindun user`` or an invitation, so no address of allauth's that would make one is served.

| variable | meaning |
| --- | --- |
| ``XINDUN_SESSION_IDLE_MINUTES`` | a session ends when it was not used that long |
| ``XINDUN_SESSION_HOURS`` | a session ends after that time in any case |
| ``XINDUN_TRUSTED_PROXIES`` | networks whose ``X-Forwarded-For`` is believed |
| ``XINDUN_MAIL_URL``, ``XINDUN_MAIL_URL_FILE`` | smtp://user:password@host:587, or smtps:// |
| ``XINDUN_MAIL_FROM`` | the sender of mails |
| ``XINDUN_OIDC_…`` | a sign-in provider; see ``config/oidc.py`` |
"""

from __future__ import annotations

import os
from datetime import timedelta
from ipaddress import ip_network
from urllib.parse import urlsplit

from xindun.config.mail import mail_settings
from xindun.config.oidc import PROVIDER_ID, oidc_settings

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]

ACCOUNT_ADAPTER = "xindun.web.signin.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
# An address is verified by the person who let its owner in.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
# allauth's own would keep addresses in a second table; the user's row is the only one.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
ACCOUNT_FORMS = {
    "login": "xindun.web.signin.forms.SignInForm",
    "reset_password": "xindun.web.signin.forms.AskForResetForm",
    "reset_password_from_key": "xindun.web.signin.forms.NewPasswordForm",
    "change_password": "xindun.web.security.forms.ChangePasswordForm",
    "set_password": "xindun.web.security.forms.SetPasswordForm",
    "reauthenticate": "xindun.web.security.forms.ConfirmByPasswordForm",
}
# Wrong guesses are held back by record/signin, with growing delays, and not by these.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": None}

MFA_ADAPTER = "xindun.web.signin.adapter.FactorAdapter"
MFA_SUPPORTED_TYPES = ["recovery_codes", "totp", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "Xindun"
# One step of 30 seconds to either side: phones' clocks differ. A code still works only once.
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "xindun.web.signin.forms.SecondFactorForm",
    "reauthenticate": "xindun.web.security.forms.ConfirmByCodeForm",
    "activate_totp": "xindun.web.security.forms.AppCodeForm",
    "add_webauthn": "xindun.web.security.forms.PasskeyForm",
    "edit_webauthn": "xindun.web.security.forms.PasskeyNameForm",
}

# Shared by all processes: a code that was used must be known to the next one that sees it.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "django_cache",
    }
}

SESSION_IDLE = timedelta(minutes=int(os.environ.get("XINDUN_SESSION_IDLE_MINUTES") or 60))
SESSION_LONGEST = timedelta(hours=int(os.environ.get("XINDUN_SESSION_HOURS") or 24))
SESSION_COOKIE_AGE = int(SESSION_LONGEST.total_seconds())

_https = urlsplit(os.environ.get("XINDUN_PUBLIC_URL", "")).scheme == "https"
TRUSTED_PROXIES = [
    ip_network(each.strip())
    for each in os.environ.get("XINDUN_TRUSTED_PROXIES", "").split(",")
    if each.strip() and _https
]

MAIL_IS_SET_UP, _mail = mail_settings()
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = _mail.host
EMAIL_PORT = _mail.port
EMAIL_HOST_USER = _mail.user
EMAIL_HOST_PASSWORD = _mail.password
EMAIL_USE_TLS = _mail.starttls
EMAIL_USE_SSL = _mail.tls
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = _mail.sender

OIDC = oidc_settings()
SOCIALACCOUNT_ADAPTER = "xindun.web.signin.oidc.ProviderAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": PROVIDER_ID,
                "name": OIDC.name,
                "client_id": OIDC.client_id,
                "secret": OIDC.client_secret,
                "settings": {"server_url": OIDC.url, "fetch_userinfo": False},
            }
        ]
        if OIDC
        else [],
    }
}
