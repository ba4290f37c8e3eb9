"""The model, loaded once for the room's tests."""

import pytest

from quotidian.tasks.extract.annotate import annotate_text, load_model
from quotidian.tasks.extract.settings import ExtractSettings

SETTINGS = ExtractSettings()


@pytest.fixture(scope="session")
def model():
    return load_model(SETTINGS.model)


@pytest.fixture(scope="session")
def annotate(model):
    return lambda text: annotate_text(text, model, SETTINGS)
