"""All settings, read from the environment. docs/operator.md lists the variables.

COUNTYHR_MODE says what this is: `production`, which refuses to start with anything unsafe; `demo`, the
synthetic county on this machine alone; or `test`.
"""

import os
import secrets
from pathlib import Path
from zlib import crc32

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from countyhr import production

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# --- What this is ---------------------------------------------------------------------------------

MODE = env("COUNTYHR_MODE", default="production" if env("DATABASE_URL", default="") else "demo")
if MODE not in ("production", "demo", "test"):
    raise ImproperlyConfigured(f"COUNTYHR_MODE is {MODE!r}. It must be production, demo or test.")
PRODUCTION, DEMO = MODE == "production", MODE == "demo"
STATE_FOLDER = Path(env("COUNTYHR_STATE", default=str(BASE_DIR / ".state" / MODE)))

DEBUG = env.bool("COUNTYHR_DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[] if PRODUCTION else ["localhost", "127.0.0.1", "[::1]"])
SECRET_KEY = env("SECRET_KEY", default="")

if problems := production.faults(
    mode=MODE,
    secret=SECRET_KEY,
    debug=DEBUG,
    hosts=ALLOWED_HOSTS,
    database=env("DATABASE_URL", default=""),
    broker=env("CELERY_BROKER_URL", default=""),
):
    raise ImproperlyConfigured(
        "County HR does not start:\n" + "\n".join(f"- {problem}" for problem in problems)
    )


def kept_secret():
    """Return the secret of this clone's demo, made once and kept, so that sign-ins outlive a restart."""
    file = STATE_FOLDER / "secret"
    if not file.exists():
        STATE_FOLDER.mkdir(parents=True, exist_ok=True)
        unfinished = file.with_name(f"secret.{os.getpid()}")
        unfinished.touch(mode=0o600)
        unfinished.write_text(secrets.token_urlsafe(48))
        try:
            os.link(unfinished, file)  # the first of several processes wins
        except FileExistsError:
            pass
        unfinished.unlink()
    return file.read_text()


SECRET_KEY = SECRET_KEY or kept_secret()
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])

# Off unless an operator asks for it: no click on a page can switch it on.
ADVERSE_IMPACT_REPORT = env.bool("ADVERSE_IMPACT_REPORT", default=not PRODUCTION)

# --- Parts ----------------------------------------------------------------------------------------

COUNTY_APPS = [
    "audit",
    "outbox",
    "exchange",
    "look",
    "accounts",
    "organization",
    "jobs",
    "court",
    "evaluations",
    "compensation",
    "proposals",
    "certification",
    "payroll",
    "overtime",
    "impact",
    "reports",
    "synthetic",
]
ADMIN = env.bool("DJANGO_ADMIN", default=False)
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",  # its templates, after ours
    *(["django.contrib.admin"] if ADMIN else []),
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_filters",
    "django_htmx",
    "js_lib_bootstrap5",
    "pgtrigger",
    "template_partials",
    *COUNTY_APPS,
]
MIDDLEWARE = [
    "countyhr.request_id.middleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "accounts.middleware.keep_session",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "organization.middleware.PersonMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "countyhr.addresses.middleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "countyhr.urls"
WSGI_APPLICATION = "countyhr.wsgi.application"
FORM_RENDERER = "look.rendering.Renderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "organization.context.county",
                "reports.navigation.shell",
            ],
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Views of packages cannot name an audience, and the admin guards itself.
PATHS_WITHOUT_AUDIENCE = ("/static/", *(["/admin/"] if ADMIN else []))

# --- Database -------------------------------------------------------------------------------------

DATABASES = {"default": env.db_url("DATABASE_URL", default="postgres:///countyhr")}
_database = DATABASES["default"]
# A socket folder comes as ?host=/folder, for want of a place for it in an address.
_database["HOST"] = _database.setdefault("OPTIONS", {}).pop("host", _database["HOST"])
_database["CONN_MAX_AGE"] = 60
_database["CONN_HEALTH_CHECKS"] = True
# Each run of the tests has a database of its own, so that several can go on at once on one server.
TEST_NAME = env("COUNTYHR_TEST_NAME", default=str(os.getpid()))
_database["TEST"] = {"NAME": f"test_countyhr_{TEST_NAME}"}

# --- Sign-in --------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    *(["django.contrib.auth.hashers.MD5PasswordHasher"] if MODE == "test" else []),
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
     "OPTIONS": {"user_attributes": ("email", "name")}},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]  # fmt: skip
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = "number"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no mail to strangers, whatever somebody types
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_FORMS = {
    "login": "accounts.forms.SignInForm",
    "reauthenticate": "accounts.forms.AskAgainForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "set_password": "accounts.forms.SetPasswordForm",
    "reset_password": "accounts.forms.ForgottenPasswordForm",
    "reset_password_from_key": "accounts.forms.ResetPasswordForm",
}
# Wrong passwords are axes' business; `login_failed` counts the codes of second factors, per user. A whole
# county may come from a single address, so limits per address are wide.
ACCOUNT_RATE_LIMITS = {
    "login": "200/m/ip",
    "login_failed": "5/300s/key",
    "reset_password": "60/m/ip,3/m/key",
    "reset_password_from_key": "60/m/ip",
}
ACCOUNT_EMAIL_VERIFICATION = "none"  # an invitation has shown already that the address is the person's
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
MFA_ADAPTER = "accounts.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "accounts.forms.CodeForm",
    "reauthenticate": "accounts.forms.CodeAgainForm",
    "activate_totp": "accounts.forms.AddAppForm",
    "add_webauthn": "accounts.forms.AddPasskeyForm",
    "edit_webauthn": "accounts.forms.RenamePasskeyForm",
}
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "County HR"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
AXES_FAILURE_LIMIT = 6
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "accounts.sign_in.name_typed"
AXES_CLIENT_IP_CALLABLE = "accounts.sign_in.client_ip"
AXES_LOCKOUT_TEMPLATE = "accounts/locked_out.html"
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # it ends, however often somebody tries meanwhile
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = ADMIN

# --- Sessions, cookies, headers -------------------------------------------------------------------

SESSION_COOKIE_AGE = 8 * 60 * 60  # from the last click, not from the sign-in: accounts.middleware
SESSION_EXPIRE_AT_BROWSER_CLOSE = False
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
# Browsers keep cookies by host, not by port: two demos on one machine must not sign each other's people out.
_cookies = "__Host-" if PRODUCTION else f"countyhr_{crc32(bytes(STATE_FOLDER)):08x}_"
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{_cookies}session", f"{_cookies}csrf"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
CSRF_FAILURE_VIEW = "look.views.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SILENCED_SYSTEM_CHECKS = [
    "auth.W004",  # e-mail addresses are unique in any case, by a constraint the check does not know
    "security.W021",  # the preload list is for a county's web master to decide; it cannot be undone quickly
]
if env.bool("COUNTYHR_BEHIND_PROXY", default=False):
    # Only with a proxy that always sets both headers itself, else anyone could claim to have come by TLS
    # or from elsewhere.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # Bootstrap's form icons are data: images
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
    }
}

# --- Files ----------------------------------------------------------------------------------------

STATIC_URL = "/static/"
# Only production collects its files; elsewhere they are served from where they lie.
STATIC_ROOT = env("STATIC_ROOT", default=str(BASE_DIR / "staticfiles")) if PRODUCTION else None
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "look.finders.FontFinder",
]
MEDIA_ROOT = env("MEDIA_ROOT", default=str(STATE_FOLDER / "files"))  # private: served by views alone
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION  # the demo needs no collectstatic
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_MIMETYPES = {".ttf": "font/ttf"}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

# Limits must hold across processes, and sign-in must not need the broker: hence the database.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# --- Words, dates, mail ---------------------------------------------------------------------------

LANGUAGE_CODE = "en-us"
TIME_ZONE = env("TIME_ZONE", default="America/Chicago")
USE_TZ = True
USE_I18N = True

EMAIL_FILE_PATH = str(STATE_FOLDER / "mail")
vars().update(env.email_url("EMAIL_URL", default="smtp://localhost:25" if PRODUCTION else "filemail://"))
EMAIL_FILE_PATH = EMAIL_FILE_PATH or str(STATE_FOLDER / "mail")
EMAIL_TIMEOUT = 20
# Where people find this installation, for links in mail that no request has asked for.
ADDRESS = env(
    "COUNTYHR_ADDRESS", default=f"https://{ALLOWED_HOSTS[0]}" if PRODUCTION else "http://localhost:8000"
)
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="County HR <no-reply@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- Background work ------------------------------------------------------------------------------

CELERY_BROKER_URL = env("CELERY_BROKER_URL", default="redis://localhost:6379/0")
CELERY_TASK_DEFAULT_QUEUE = "countyhr"
if MODE == "test":  # runs of the tests that share a broker must not take each other's tasks
    CELERY_TASK_DEFAULT_QUEUE = f"countyhr-{TEST_NAME}-{env('PYTEST_XDIST_WORKER', default='')}"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 900,  # a task that runs longer would be given to a second worker
    "unacked_restore_interval": 5,  # look every few seconds for tasks of a worker that was killed
    "unacked_restore_throttle": 1,
    "socket_connect_timeout": 2,
    "socket_timeout": 10,
}
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0.1, "interval_max": 0.1}
CELERY_TASK_TIME_LIMIT = 600
CELERY_TASK_SOFT_TIME_LIMIT = 540
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True  # progress stands in the database
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
# A task whose broker goes away ends its work in the database; when it is delivered again it finds that done.
# Cancelled, it would wait for the visibility timeout.
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE = {
    "seal-history": {"task": "audit.tasks.seal", "schedule": 20},
    "sweep-runs": {"task": "compensation.tasks.sweep_runs", "schedule": 15},
    "sweep-releases": {"task": "payroll.tasks.sweep_releases", "schedule": 15},
    "sweep-rosters": {"task": "organization.tasks.sweep_rosters", "schedule": 15},
    "sweep-outbox": {"task": "outbox.tasks.sweep", "schedule": 60},
    "find-void-certificates": {"task": "certification.tasks.find_voids", "schedule": 300},
    "remove-old-letters": {"task": "payroll.tasks.remove_old_letters", "schedule": 6 * 3600},
    "find-corrected-awards": {"task": "payroll.tasks.find_corrected", "schedule": 300},
}

# --- Logs -----------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {"()": "countyhr.logs.JsonFormatter"},
        "plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
    },
    "filters": {"refusals": {"()": "countyhr.logs.OneLineForRefusals"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "json" if PRODUCTION else "plain",
            "filters": ["refusals"],
        }
    },
    "root": {"handlers": ["stderr"], "level": env("LOG_LEVEL", default="INFO" if PRODUCTION else "WARNING")},
}
