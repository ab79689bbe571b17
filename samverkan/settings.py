"""Settings: read strictly from the environment, and safe by default."""

import os
import sys
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from samverkan.lib.environment import LOOPBACK, StrictEnv

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = BASE_DIR / "var"
env = StrictEnv()

# --- What the environment says -------------------------------------------------------------------------------
DEBUG = env.bool("DEBUG", default=False)
SAMVERKAN_TODAY: date | None = env.day("SAMVERKAN_TODAY")
IS_DEMO = SAMVERKAN_TODAY is not None
SITE_NAME = env.str("SITE_NAME", default="Trygghet och brottsförebyggande arbete")
SITE_URL = env.site_url("SITE_URL", default=env.served_address(VAR / "port") if IS_DEMO or DEBUG else None)
SITE_HOST = urlsplit(SITE_URL).hostname or ""
SECRET_KEY = env.secret("SECRET_KEY", default="only for development" if DEBUG else None)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[SITE_HOST])
TRUSTED_PROXIES = env.count("TRUSTED_PROXIES", default=0)
IS_SECURE = SITE_URL.startswith("https://")
env.refuse_unsafe(is_secure=IS_SECURE, debug=DEBUG, hosts=ALLOWED_HOSTS)

os.umask(0o077)  # what is stored under var/ is the owner's only: the database, files, mail, the secret
for _folder in ("files", "static"):
    (VAR / _folder).mkdir(parents=True, exist_ok=True)

# --- Database ------------------------------------------------------------------------------------------------
DATABASE = env.database("DATABASE_URL", default=f"sqlite:///{VAR / 'samverkan.sqlite3'}")
DATABASES = {"default": DATABASE}
DATABASE["ENGINE"] = DATABASE["ENGINE"].replace("django.db.backends", "samverkan.lib.databases")
if DATABASE["ENGINE"].endswith("sqlite3"):
    # Unless every transaction takes the lock as it begins, writers fail with "database is locked". Without recursive
    # triggers an INSERT OR REPLACE would slip past the locks.
    DATABASE["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA recursive_triggers=ON",
    }
else:
    DATABASE["CONN_MAX_AGE"] = 60
    DATABASE["CONN_HEALTH_CHECKS"] = True
    # Seconds, and milliseconds for what is sent and not acknowledged: a network that swallows it is noticed.
    DATABASE["OPTIONS"] = {
        "connect_timeout": 5,
        "keepalives_idle": 10,
        "keepalives_interval": 5,
        "keepalives_count": 2,
        "tcp_user_timeout": 15_000,
        **DATABASE.get("OPTIONS", {}),
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Application ---------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "samverkan",
    "parties",
    "priorities",
    "activities",
    "allauth",
    "allauth.account",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_filters",
    "django_htmx",
    "simple_history",
    "samverkan.administration.AdministrationConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
]
MIDDLEWARE = [
    "samverkan.middleware.request_id",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",  # outside all that can answer 400
    "csp.middleware.CSPMiddleware",
    "samverkan.uploads.limited_bodies",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "samverkan.middleware.private_pages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "samverkan.signed_out.SignInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "samverkan.middleware.refused_methods",
    "samverkan.sent_twice.FirstAnswer",
    "samverkan.unshown.unshown_characters",
]
ROOT_URLCONF = "samverkan.urls"
WSGI_APPLICATION = "samverkan.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["samverkan.templatetags.ui"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "samverkan.context.page",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_TEMPLATE_PACK = CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
# Preload is chosen by whoever owns the domain (W021).
SILENCED_SYSTEM_CHECKS = ["security.W021"]
if not IS_SECURE:
    SILENCED_SYSTEM_CHECKS += ["security.W004", "security.W008", "security.W012", "security.W016"]

# --- Language and time ---------------------------------------------------------------------------------------
LANGUAGE_CODE = "sv"
TIME_ZONE = "Europe/Stockholm"
USE_I18N = USE_TZ = True

# --- Sign-in -------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "parties.User"
AUTHENTICATION_BACKENDS = ["parties.sign_in.Backend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
_VALIDATORS = "django.contrib.auth.password_validation."
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": _VALIDATORS + "UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "display_name"]},
    },
    {"NAME": _VALIDATORS + "MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "parties.sign_in.strength.GuessableValidator"},
]
LOGIN_REDIRECT_URL = "start"
LOGIN_URL = "account_login"
ACCOUNT_ADAPTER = "parties.sign_in.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "parties.sign_in.forms.LoginForm",
    "request_login_code": "parties.sign_in.forms.RequestCodeForm",
    "confirm_login_code": "parties.sign_in.forms.ConfirmCodeForm",
    "change_password": "parties.sign_in.forms.ChangePasswordForm",
    "reset_password": "parties.sign_in.forms.ResetPasswordForm",
    "reset_password_from_key": "parties.sign_in.forms.ResetPasswordKeyForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_AUTHENTICATED_LOGIN_REDIRECTS = False  # our view does; a user who waits for a code may start again
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_RATE_LIMITS = False  # the limits are in `parties.attempts`
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
# People sign in a few times a year. The session ends after a working day without a click.
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_SAVE_EVERY_REQUEST = True
SESSION_ENGINE = "parties.sign_in.sessions"

# --- Security ------------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "base-uri": [NONE],
        "connect-src": [SELF],
        "font-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "img-src": [SELF, "data:"],
        "script-src": [SELF],
        "style-src": [SELF],
    }
}
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE = SECURE_SSL_REDIRECT = IS_SECURE
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "samverkan.views.csrf_failure"
CSRF_TRUSTED_ORIGINS = [SITE_URL]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if IS_SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_SECURE
SECURE_HSTS_PRELOAD = IS_SECURE and env.bool("HSTS_PRELOAD", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_REDIRECT_EXEMPT = [r"^halsa/$"]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# The longest form has a few free texts of 5,000 characters. Even one of 100,000 gets an error message at its field.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS, DATA_UPLOAD_MAX_NUMBER_FILES = 1_000, 20
MAX_BODY_BYTES = 25_000_000  # two attachments of 10 MB, with the form around them
FILE_UPLOAD_HANDLERS = [
    "samverkan.uploads.SignedInOnly",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o600, 0o700

# --- Files, mail, log ----------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = VAR / "files"
_STATIC_STORAGE = (
    "django.contrib.staticfiles.storage.StaticFilesStorage"
    if DEBUG
    else "whitenoise.storage.CompressedManifestStaticFilesStorage"
)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _STATIC_STORAGE},
}
MAIL = env.mail("EMAIL_URL", default="filemail://" if IS_DEMO or DEBUG else None)
EMAIL_BACKEND = MAIL["EMAIL_BACKEND"]
EMAIL_HOST, EMAIL_PORT = MAIL.get("EMAIL_HOST") or "localhost", MAIL.get("EMAIL_PORT") or 25
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = (
    MAIL.get("EMAIL_HOST_USER") or "",
    MAIL.get("EMAIL_HOST_PASSWORD") or "",
)
EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL.get("EMAIL_USE_TLS", False), MAIL.get("EMAIL_USE_SSL", False)
EMAIL_FILE_PATH = VAR / "mail"
EMAIL_TIMEOUT = 10
# Many servers refuse a sender that they do not know, so that an installation says which it may use.
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.sender(
    "DEFAULT_FROM", default=f"Samverkan <noreply@{'localhost' if SITE_HOST in LOOPBACK else SITE_HOST}>"
)
env.stop_if_wrong()
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "request_id": {"()": "samverkan.middleware.RequestIdFilter"},
        "refusals": {"()": "samverkan.middleware.RefusalFilter"},
        "keys": {"()": "samverkan.middleware.KeyFilter"},
    },
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s [%(request_id)s] %(message)s"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "stream": sys.stderr,
            "formatter": "line",
            "filters": ["request_id", "refusals", "keys"],
        },
    },
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "fontTools": {"level": "ERROR"},
        "weasyprint": {"level": "ERROR"},
    },
}
