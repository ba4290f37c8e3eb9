"""Sending one piece of news of a watch: to a webhook, or through apprise to mail, Slack and what else it reaches."""

import logging
import os
from collections.abc import Callable

import httpx

from quotidian.flows.process.terminal import make_inert
from quotidian.flows.storage.told import describe_entry
from quotidian.tasks.share.watches import Watch, WatchBroken

SECONDS = 10
"""What has not answered by then is tried again at the next run."""

Send = Callable[[dict], str]
"""Sends an entry; says in words why it was not taken, and nothing where it was."""


def open_sender(watch: Watch) -> Send | None:
    """How the watch sends; None where it only has its feed. Raises WatchBroken where its address cannot be used."""
    if watch.apprise is not None:
        return open_apprise(watch.name, watch.apprise)
    return (lambda entry: post_entry(watch, entry)) if watch.webhook else None


def post_entry(watch: Watch, entry: dict) -> str:
    """Post an entry to the webhook.

    A process killed between an answer and its note posts once more: Idempotency-Key is the same, by which a receiver knows it.
    """
    facts = {"watch": watch.name, "text": describe_entry(entry)}
    body = {name: entry[name] for name in entry if name != "sent"} | facts
    headers = {"Idempotency-Key": f"{watch.name}:{entry['id']}"}
    try:
        answer = httpx.post(watch.webhook, json=body, headers=headers, timeout=SECONDS)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return str(error) or type(error).__name__
    return "" if answer.is_success else f"the webhook answered {answer.status_code}"


def open_apprise(name: str, address: str) -> Send:
    """Send through apprise. Its addresses hold passwords and tokens, so no word of them, or of its log, is told."""
    import apprise  # a third of a second, which watches without it need not wait for

    logging.getLogger("apprise").disabled = True
    asset = apprise.AppriseAsset(app_id="Quotidian", app_desc="Quotidian", async_mode=False)
    service = apprise.Apprise.instantiate(read_address(name, address), asset=asset, suppress_exceptions=True)
    if service is None:
        raise WatchBroken(
            f"The watch {name}: apprise cannot use the address that it has (mailtos://…, slack://…, json://…)."
        )
    service.socket_connect_timeout = service.socket_read_timeout = SECONDS

    def send(entry: dict) -> str:
        text = make_inert(describe_entry(entry))
        taken = service.notify(body=text, title=f"Quotidian: {name}", body_format=apprise.NotifyFormat.TEXT)
        return "" if taken else f"{service.service_name} did not take it through apprise"

    return send


def read_address(name: str, address: str) -> str:
    """The address, or what the environment variable holds that it names as $NAME."""
    if not address.startswith("$"):
        return address
    if address[1:] not in os.environ:
        raise WatchBroken(f"The watch {name} takes its address from {address}, which the environment does not have.")
    return os.environ[address[1:]]
