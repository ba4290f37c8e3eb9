"""One typed settings object, from flags, environment, `quotidian.toml`, and defaults, in that order."""

import os
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, Field, PrivateAttr, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from quotidian.tasks.clean.settings import CleanSettings
from quotidian.tasks.deduplicate.settings import DeduplicateSettings
from quotidian.tasks.extract.settings import ExtractSettings
from quotidian.tasks.ingest.fetch.settings import FetchSettings
from quotidian.tasks.ingest.settings import IngestSettings
from quotidian.tasks.report.settings import ReportSettings
from quotidian.tasks.store.errors import UsageError, guess_name

from .storage.place import Place, find_caches, find_place

FILE = "quotidian.toml"
PREFIX = "QUOTIDIAN_"
TESTING = "QUOTIDIAN_TEST_"
"""Variables that only our tests read."""


class SettingsError(UsageError):
    """A setting is unknown or has a value that it cannot have."""


class Settings(BaseSettings):
    """Settings of the whole house. An unknown key is refused by name.

    Environment variables are QUOTIDIAN_DATA, QUOTIDIAN_WORKERS and so on; those of a room have two
    underscores: QUOTIDIAN_EXTRACT__MODEL.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_nested_delimiter="__", toml_file=FILE, frozen=True, extra="forbid"
    )

    data: str = Field(
        "data",
        description="Folder of archive, work store and published snapshots, or its address in an object store (s3://…).",
    )
    corrections: Path = Field(Path("corrections"), description="Folder of the CSV files with people's corrections.")
    knowledge: Path = Field(
        Path("knowledge"), description="Folder of lists of whom and what you know, whose ids the entities get."
    )
    questions: Path = Field(
        Path("questions"), description="Folder of saved questions of your own, for `quotidian ask`."
    )
    workers: int = Field(os.cpu_count() or 1, ge=1, le=256, description="Processes that clean and extract.")
    engine: Literal["local", "dask"] = Field("local", description="Where batches run: here, or on a Dask cluster.")
    dask_address: str = Field(
        "tcp://127.0.0.1:8786", description="Scheduler of the Dask cluster; its workers share the data folder."
    )
    article_seconds: float = Field(
        600,
        gt=0,
        le=86_400,
        description="How long clean or extract may take for one article, alone in its process, before it is set aside; "
        "200,000 characters take 3 seconds, and the longest text that comes in (ingest.max_record_bytes) half a minute.",
    )
    wait_seconds: float = Field(0, ge=0, description="How long to wait for another run on the same data folder.")
    log: Path | None = Field(None, description="File to which runs append what they do, as JSON lines.")
    fetch: FetchSettings = FetchSettings()
    ingest: IngestSettings = IngestSettings()
    clean: CleanSettings = CleanSettings()
    extract: ExtractSettings = ExtractSettings()
    deduplicate: DeduplicateSettings = DeduplicateSettings()
    report: ReportSettings = ReportSettings()
    _caches: Path = PrivateAttr(default_factory=find_caches)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)

    @field_validator("data", mode="before")
    @classmethod
    def spell_folder(cls, value: Any) -> Any:
        """A path as words."""
        return str(value) if isinstance(value, Path) else value

    @property
    def place(self) -> Place:
        """Where the data folder lies."""
        return find_place(self.data, self.wait_seconds, self._caches)


def load_settings(**flags: object) -> Settings:
    """Settings with the flags that were given (None means not given). Raises SettingsError in one sentence."""
    require_variables()
    try:
        return add_junk_lines(Settings(**{name: value for name, value in flags.items() if value is not None}))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        word = "is not a setting" if first["type"] == "extra_forbidden" else f"cannot be used: {first['msg']}"
        word += guess_name(place, list_names()) if first["type"] == "extra_forbidden" else ""
        raise SettingsError(f"{place} {word}; see `quotidian settings` or {FILE}.") from None
    except (OSError, ValueError) as error:
        raise SettingsError(f"{FILE} cannot be read: {error}.") from None


def add_junk_lines(settings: Settings) -> Settings:
    """The settings with the lines of corrections/junk_lines.csv, each once; raises CorrectionError where that cannot be read."""
    path = settings.corrections / "junk_lines.csv"
    if not path.is_file():
        return settings
    from quotidian.tasks.deduplicate.corrections import COLUMNS, read_lines  # brings polars, which help does not need

    lines = [line.values for line in read_lines(path, COLUMNS["junk_lines"])]
    told = {is_junk: [line["line"] for line in lines if line["is_junk"] == is_junk] for is_junk in ("yes", "no")}
    clean = settings.clean
    more = {
        "junk_phrases": tuple(dict.fromkeys([*clean.junk_phrases, *told["yes"]])),
        "kept_lines": tuple(dict.fromkeys([*clean.kept_lines, *told["no"]])),
    }
    return settings.model_copy(update={"clean": clean.model_copy(update=more)})


def require_variables() -> None:
    """Raise SettingsError for an environment variable of ours that names no setting."""
    known = [PREFIX + name.upper().replace(".", "__") for name in list_names()]
    ours = (name for name in sorted(os.environ) if name.startswith(PREFIX) and not name.startswith(TESTING))
    for variable in ours:
        if variable not in known:
            raise SettingsError(
                f"The environment variable {variable} names no setting{guess_name(variable, known)}: mend or unset it."
            )


def list_names() -> list[str]:
    """Names of all settings, those of a room as room.name."""
    rooms = {name: field.annotation for name, field in Settings.model_fields.items() if is_room(field.annotation)}
    return [*Settings.model_fields, *(f"{room}.{name}" for room, model in rooms.items() for name in model.model_fields)]


def is_room(annotation: object) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)
