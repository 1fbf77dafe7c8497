"""Everything that can be set, in one file; with no environment at all Kept runs on SQLite under KEPT_HOME."""

import contextlib
import os
import secrets
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from django.utils.csp import CSP
from platformdirs import user_data_path

from kept.kit import environment as env

PACKAGE = Path(__file__).resolve().parent
KEPT_HOME = Path(env.text("KEPT_HOME") or user_data_path("kept", appauthor=False))
KEPT_URL_GIVEN = bool(env.text("KEPT_URL"))
KEPT_URL = (env.text("KEPT_URL") or "http://127.0.0.1:8000").rstrip("/")
DEBUG = env.yes("KEPT_DEBUG", default=False)


def secret_key() -> str:
    """The given key, or one made at the first start and kept in KEPT_HOME, readable by its owner only."""
    given = env.text("KEPT_SECRET_KEY")
    if given:
        return given
    path = KEPT_HOME / "secret_key"
    try:
        return path.read_text() if path.exists() else _new_key(path)
    except OSError as fault:
        env.refuse("KEPT_HOME", f"should be a folder that this account may write to ({fault.strerror}): {KEPT_HOME}")


def _new_key(path: Path) -> str:
    KEPT_HOME.mkdir(parents=True, exist_ok=True, mode=0o700)
    number, name = tempfile.mkstemp(dir=KEPT_HOME)  # readable by its owner only
    with open(number, "w") as file:  # noqa: PTH123  # a file that is open already
        file.write(secrets.token_urlsafe(50))
    # complete before it has its name: of two that start at once neither reads half a key
    with contextlib.suppress(FileExistsError):
        os.link(name, path)
    Path(name).unlink()
    return path.read_text()


SECRET_KEY = secret_key()
# What passwords of mailboxes are encrypted with: the first closes, all open; `kept mailbox rekey` turns old ones over.
KEPT_SECRETS = [key for key in env.text("KEPT_SECRETS").split(",") if key] or [SECRET_KEY]
_address = urlsplit(KEPT_URL)
if _address.scheme not in {"http", "https"} or not _address.hostname:
    env.refuse("KEPT_URL", f"should be the address people type, like https://kept.example.com, not {KEPT_URL!r}.")
ALLOWED_HOSTS = [host for host in env.text("KEPT_HOSTS").split(",") if host] + [
    _address.hostname,
    "127.0.0.1",
    "localhost",
    "[::1]",
]
CSRF_TRUSTED_ORIGINS = [KEPT_URL]

INSTALLED_APPS = [
    "kept.ledgers.journal",
    "kept.ledgers.team",
    "kept.ledgers.mailboxes",
    "kept.ledgers.clients",
    "kept.ledgers.engagements",
    "kept.ledgers.hours",
    "kept.ledgers.conversations",
    "kept.ledgers.promises",
    "kept.ledgers.touches",
    "kept.ledgers.deliverables",
    "kept.ledgers.bills",
    "kept.ledgers.pledges",
    "kept.ledgers.rounds",
    "kept.ledgers.reflections",
    "kept.ledgers.reckoning",
    "kept.ledgers.choices",
    "kept.ledgers.letters",
    "kept.ledgers.pulses",
    "kept.ledgers.reviews",
    "kept.readings.snapshots",
    "kept.doors.desk",
    "kept.doors.post",
    "kept.doors.public",
    "kept.doors.imports",
    "kept.doors.clock",
    "kept.doors.terminal",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tasks_db",
    "allauth",
    "allauth.account",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # it pads at random, so lengths tell nothing of tokens (BREACH)
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "kept.kit.typed.WithoutNul",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "kept.urls"
ASGI_APPLICATION = "kept.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kept.doors.desk.frame.frame",
            ],
        },
    }
]

DATABASES = {"default": env.database(KEPT_HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "kept_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},  # Django's 300 would let a guesser push out the count of their guesses
    }
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "mail", "letters"]}}
WORKER_LEASE = env.number("KEPT_WORKER_LEASE", 60)  # seconds without a sign of life after which a worker's jobs go on
if WORKER_LEASE < 1:
    env.refuse("KEPT_WORKER_LEASE", "should be a number of seconds, 1 or more.")
SENDING_LEASE = env.number("KEPT_SENDING_LEASE", 120)  # the same for the try of one letter
# called by dotted name as watch(stop: threading.Event), each in one worker at a time, again whenever they end
KEPT_SERVICES: list[str] = ["kept.doors.post.watching.watch"]

AUTH_USER_MODEL = "team.Member"
SILENCED_SYSTEM_CHECKS = [
    "auth.W004"
]  # the address is unique whatever its case, by a constraint the check does not know
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:today"
ACCOUNT_ADAPTER = "kept.doors.desk.entry.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]  # nobody signs up, but without it allauth hides the password
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "dashed": False, "length": 6}
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION = "none"  # the owner typed the address; a code by mail proves it each time
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody can make Kept write to people it does not know
ACCOUNT_FORMS = {
    "request_login_code": "kept.doors.desk.entry_forms.AskForCode",
    "confirm_login_code": "kept.doors.desk.entry_forms.TypeCode",
    "reset_password": "kept.doors.desk.entry_forms.AskForPassword",
}
# Django's own: allauth's keeps a second list of addresses, which would outlive a change of a member's address
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
# "key" is the address together with where the request comes from (desk.entry.from_here), so that one guesser closes
# the door to nobody else; "everywhere" counts by the address alone, and lies above what one place can reach
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "login_failed_everywhere": "100/h/key",
    "request_login_code_from_here": "20/m/ip",
    "request_login_code_for": "5/10m/key",
    "request_login_code_everywhere": "60/h/key",
    "reset_password": "20/m/ip",
    "reset_password_for": "5/10m/key",
    "reset_password_everywhere": "60/h/key",
    "sign_in_link": "20/m/ip",
    # the page that is open to everybody, and the inlets
    "help_from_here": "5/10m/ip",
    "help_everywhere": "300/h/key",
    "pulse_from_here": "30/10m/ip",
    "pulse": "10/10m/key",
    "inlet": "120/m/key",
    "inlet_refused": "20/m/ip",
}

_https = _address.scheme == "https"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _https
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SECURE_SSL_REDIRECT = _https
SECURE_HSTS_SECONDS = 31_536_000 if _https else 0
_proxied = env.yes("KEPT_BEHIND_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _proxied else None
ALLAUTH_TRUSTED_PROXY_COUNT = int(_proxied)  # else all the world would come from the proxy's address, and share limits
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}

STATIC_URL = "static/"
STATICFILES_DIRS = [PACKAGE / "static"]
STATIC_ROOT = Path(env.text("KEPT_STATIC") or KEPT_HOME / "static")
WHITENOISE_USE_FINDERS = DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

MAIL_HOST = env.text("KEPT_SMTP_HOST")
MAIL_IS_SET_UP = bool(MAIL_HOST)
MAIL_PORT = env.number("KEPT_SMTP_PORT", 587)
_tls = env.yes("KEPT_SMTP_TLS", default=True)
_smtp = {
    "host": MAIL_HOST,
    "port": MAIL_PORT,
    "username": env.text("KEPT_SMTP_USER"),
    "password": env.text("KEPT_SMTP_PASSWORD"),
    "use_tls": _tls and MAIL_PORT != 465,  # at 465 the line is encrypted from its first word on
    "use_ssl": _tls and MAIL_PORT == 465,
    "timeout": 20,
}
MAILERS = {
    "default": {
        "BACKEND": f"django.core.mail.backends.{'smtp' if MAIL_IS_SET_UP else 'console'}.EmailBackend",
        "OPTIONS": _smtp if MAIL_IS_SET_UP else {},
    }
}
# Mail in: a file with authorities to trust beside the system's; larger mails stay on the server, larger files in them
MAIL_CA = env.text("KEPT_MAIL_CA")
LARGEST_MAIL = env.number("KEPT_LARGEST_MAIL", 100) * 1_000_000  # given in MB
MAILBOX_TRIAL = "kept.doors.post.imap_trial.try_out"  # doors know each other by name alone
LARGEST_FILE = env.number("KEPT_LARGEST_FILE", 25) * 1_000_000
DEFAULT_FROM_EMAIL = env.text("KEPT_FROM", f"Kept <kept@{_address.hostname}>")

USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en-gb"
USE_I18N = True
FORMS_URLFIELD_ASSUME_HTTPS = True
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    # a request that fails is logged with its address, which may hold a link that still lets somebody in
    "filters": {
        "blanked": {
            "()": "kept.kit.logs.Blanked",
            "secret": r"(?<=/enter/)[^/\s]+|(?<=/reset/key/)[^/\s]+|(?<=/pulse/)[^/\s]+|(?<=/review/)[^/\s]+",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["blanked"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django": {"handlers": ["console"], "level": "WARNING", "propagate": False}},
}
