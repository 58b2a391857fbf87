"""What an installation may set: each field is the environment variable ``STEPWELL_<NAME>``."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, PositiveFloat, PositiveInt, SecretStr, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

from stepwell.errors import ConfigurationError

_PREFIX = "STEPWELL_"
_SECRET = {"token", "smtp_password"}


def _known_database(url: str) -> str:
    is_sqlite = url == "sqlite://" or url.removeprefix("sqlite:///") not in (url, "")
    if is_sqlite or (url.startswith("postgresql://") and _has_port(url)):
        return url
    raise ValueError("to be sqlite:///PATH or postgresql://USER@HOST/NAME")


def _web_address(url: str) -> str:
    found = urlsplit(url)
    if found.scheme in {"http", "https"} and found.netloc and found.path in {"", "/"}:
        return url.rstrip("/")
    raise ValueError("to be https://NAME without a path")


def _has_port(url: str) -> bool:
    """Whether the port in it, if there is one, is a number; several hosts are left to the driver."""
    try:
        found = urlsplit(url)
        return "," in found.netloc or found.port != 0
    except ValueError:
        return False


Port = Annotated[int, Field(ge=0, le=65535)]


class Settings(BaseSettings):
    """The settings of one installation; nothing changes them after the start."""

    model_config = SettingsConfigDict(
        env_prefix=_PREFIX, env_ignore_empty=True, frozen=True, extra="forbid", hide_input_in_errors=True
    )

    database_url: Annotated[str, AfterValidator(_known_database)] = Field(
        default="sqlite:///stepwell.db",
        description="Where everything is kept. A relative SQLite path counts from the working folder.",
    )
    host: str = Field(default="127.0.0.1", description="The address the server listens on.")
    port: Port = Field(default=8480, description="The port the server listens on; 0 takes a free one.")
    token: SecretStr | None = Field(
        default=None,
        description="What a program of the installation sends as bearer: it may do everything. Unset: only people and "
        "their API tokens may use the API.",
    )
    public_url: Annotated[str, AfterValidator(_web_address)] | None = Field(
        default=None,
        description="The address by which people reach the server, for links in mails; with https:// cookies travel only "
        "encrypted.",
    )
    behind_proxy: bool = Field(
        default=False,
        description="Whether a proxy stands before the server: then the last address in X-Forwarded-For is the caller's.",
    )
    session_days: PositiveFloat = Field(
        default=30.0, description="Days after which a person has to log in again."
    )
    session_idle_days: PositiveFloat = Field(
        default=7.0, description="Days without a request after which a person has to log in again."
    )
    login_failures: PositiveInt = Field(
        default=5, description="Failed logins under one name after which it is locked for a while."
    )
    login_lock_minutes: PositiveFloat = Field(
        default=15.0, description="Minutes that a name is locked after too many failed logins."
    )
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    files_url: str = Field(
        default="stepwell-files",
        description="Where attachments lie: a folder, or any address that fsspec knows.",
    )
    max_attachment_bytes: PositiveInt = Field(
        default=50 * 1024 * 1024, description="The largest file to attach."
    )
    history_retention_days: PositiveInt | None = Field(
        default=None, description="Days after its end that an instance's history is kept; unset: for ever."
    )
    max_xml_bytes: PositiveInt = Field(default=4 * 1024 * 1024, description="The largest file to deploy.")
    max_repetitions: PositiveInt = Field(
        default=1000, description="Passes of one element in one scope after which a loop becomes an incident."
    )
    transaction_budget: PositiveInt = Field(
        default=1000, description="Activations in one transaction after which a job takes over."
    )

    step_records: PositiveInt = Field(
        default=1000,
        description="Records that a data step touches in one transaction; more are touched in slices of so many.",
    )

    demo_work: bool = Field(
        default=True,
        description="Whether work waits for the people of the demonstration when it is begun (`serve --demo`).",
    )

    job_lock_seconds: PositiveFloat = Field(
        default=60.0, description="Seconds a worker has a job for itself before another may take it."
    )
    poll_interval: PositiveFloat = Field(
        default=0.5, description="Seconds between two looks for due jobs that nobody announced."
    )

    allow_private_addresses: bool = Field(
        default=False, description="Whether http.request may call addresses of this machine or network."
    )
    smtp_host: str | None = Field(
        default=None,
        description="The mail server; unset: e-mail is an incident, and nobody gets a summary by mail.",
    )
    mail_folder: str | None = Field(
        default=None,
        description="A folder in which mails are kept as files in place of being sent, to try things out.",
    )
    smtp_port: Port = Field(
        default=587, description="The port of the mail server; 465 is encrypted from the start."
    )
    smtp_username: str | None = Field(
        default=None, description="Who logs in to the mail server; unset: nobody."
    )
    smtp_password: SecretStr | None = Field(default=None, description="The password of that login.")
    smtp_from: str | None = Field(
        default=None, description="The sender of mail that names none, and of what people get by mail."
    )
    smtp_starttls: bool = Field(default=True, description="Whether mail travels only after STARTTLS.")

    @property
    def sends_mail(self) -> bool:
        """Whether mail can be sent in the name of the installation."""
        return self.smtp_from is not None and (self.smtp_host or self.mail_folder) is not None

    def local_address(self, port: int) -> str:
        """Where the server, which listens on ``port``, is reached on this machine."""
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104
        return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def load(given: Mapping[str, Any] | None = None) -> Settings:
    """The settings from the environment; what ``given`` names wins over it.

    Raises ConfigurationError with one line for each wrong setting; no line shows a secret.
    """
    known = dict(given or {})
    try:
        return Settings(**known)
    except ValidationError as wrong:
        raise ConfigurationError("\n".join(map(_line, wrong.errors(include_url=False)))) from None


def expect_database(url: str) -> None:
    """Raises ConfigurationError when a URL names no database that Stepwell knows."""
    try:
        _known_database(url)
    except ValueError as wrong:
        found = _found("database_url", url)
        raise ConfigurationError(f"Expected the database {wrong} but found {found}") from None


def _line(error: ErrorDetails) -> str:
    field = str(error["loc"][0])
    name = f"{_PREFIX}{field.upper()}"
    if error["type"] == "extra_forbidden":
        return f"Expected a setting that exists but found {name}"
    if error["type"] == "value_error":
        expected = str(error["ctx"]["error"])
    else:
        expected = "to be " + error["msg"].removeprefix("Input should be ").split(",")[0]
    return f"Expected {name} {expected} but found {_found(field, error['input'])}"


def _found(field: str, value: object) -> str:
    if field in _SECRET:
        return "something else"
    if field == "database_url":
        scheme, colon, _ = str(value).partition(":")  # behind it a password may stand
        return repr(f"{scheme}:…" if colon else scheme)
    return repr(value)
