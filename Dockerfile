# The commands `quotidian` and `prefect`, for the services of compose.yaml or by themselves; docs/docker.md shows how.
FROM python:3.11-slim-bookworm AS build
WORKDIR /source
COPY requirements.lock ./
RUN python -m venv /opt/quotidian \
    && /opt/quotidian/bin/pip install --no-cache-dir --no-deps --require-hashes --requirement requirements.lock
COPY . ./
RUN /opt/quotidian/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.11-slim-bookworm
COPY --from=build /opt/quotidian /opt/quotidian
COPY prefect.yaml /opt/quotidian/prefect.yaml
ENV PATH=/opt/quotidian/bin:$PATH \
    DO_NOT_TRACK=1 \
    PREFECT_SERVER_ANALYTICS_ENABLED=false
# A volume that is mounted on /news for the first time takes the folders and their owner from here.
RUN useradd --create-home --uid 1000 quotidian && mkdir --parents /news/landing && chown --recursive 1000 /news
USER 1000
WORKDIR /news
CMD ["quotidian", "--help"]
