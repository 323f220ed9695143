"""Carrying one message to one channel: Web Push to a phone, and everything else through Apprise.

What goes out is a sentence that names nobody, and the message's number: a sender that is killed before it has
written down that a message went out leaves it to be sent once more, and by its number the phone rings once for
both. What comes back is nothing when it arrived, or one of two failures. The words of a library's failure are
never passed on or logged: they hold addresses and passwords.
"""

from __future__ import annotations

import json
import logging
import socket
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from kiosk.alerts.outbox import Message
from kiosk.alerts.phones import Phone, phone_of
from kiosk.alerts.rules import GONE, Words
from kiosk.alerts.vapid import key_pair
from kiosk.wording import N_, Sentence

ANSWER_WITHIN_SECONDS = 8
KEEP_FOR_SECONDS = 3600
"""How long a push service keeps a message for a phone that is off: then somebody else has long been told."""


class NotNow(Exception):
    """It did not arrive, and may another time; the message is a plain reason."""


class NeverAgain(Exception):
    """It can never arrive there; the message is a plain reason."""


def carry(message: Message, folder: Path, *, to_loopback: bool = False) -> None:
    """Carry it; it has arrived where it was sent to when this returns.

    Args:
        message: what is sent, and where to.
        folder: the instance folder, which holds the key for push.
        to_loopback: allow a push address on this machine, for tests.

    Raises:
        NotNow: it may arrive another time.
        NeverAgain: it never will.
    """
    if message.kind == "push":
        _push(message, folder, to_loopback=to_loopback)
    else:
        _apprise(message)


def _push(message: Message, folder: Path, *, to_loopback: bool) -> None:
    import requests
    from pywebpush import WebPushException, webpush

    try:
        phone = phone_of(message.address)
    except ValueError as error:
        raise NeverAgain(N_("its address cannot be read")) from error
    with requests.Session() as session:
        session.max_redirects = 0  # a redirect could lead to a machine that only this server reaches
        try:
            _check_is_public(phone, allowed=to_loopback)
            webpush(
                {"endpoint": phone.endpoint, "keys": {"p256dh": phone.p256dh, "auth": phone.auth}},
                json.dumps({"words": message.sentence, "silent": message.words == "taken", "id": message.id}),
                vapid_private_key=key_pair(folder),
                vapid_claims={"sub": f"https://{phone.site}"},
                ttl=KEEP_FOR_SECONDS,
                headers={"Topic": "treetops", "Urgency": _urgency(message.words)},
                timeout=ANSWER_WITHIN_SECONDS,
                requests_session=session,
            )
        except WebPushException as failed:
            if failed.status_code in GONE:
                raise NeverAgain(N_("the phone does not take alerts from Treetops any more")) from failed
            raise NotNow(
                Sentence("the phone's push service answered %(code)s", code=failed.status_code or "nothing")
            ) from failed
        except (requests.RequestException, OSError) as failed:
            raise NotNow(N_("the phone's push service could not be reached")) from failed


def _urgency(words: Words) -> str:
    return "normal" if words == "taken" else "high"


def _check_is_public(phone: Phone, *, allowed: bool) -> None:
    """Refuse a name that leads into this network. Behind a proxy, the proxy looks names up and decides."""
    from requests.utils import get_environ_proxies

    host = urlsplit(phone.endpoint).hostname or ""
    if allowed or get_environ_proxies(phone.endpoint):
        return
    found = {entry[4][0] for entry in socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)}
    if not all(ip_address(str(address).partition("%")[0]).is_global for address in found):
        raise NotNow(N_("the phone's push service could not be reached"))


def _apprise(message: Message) -> None:
    import apprise

    logging.getLogger("apprise").setLevel(logging.CRITICAL + 1)  # its log names addresses
    about_us = apprise.AppriseAsset(app_id="Treetops", app_desc="Treetops", app_url="", async_mode=False)
    way = apprise.Apprise(asset=about_us)
    if not message.address or not way.add(message.address):
        raise NeverAgain(N_("its address cannot be read"))
    if not way.notify(body=message.sentence, title="Treetops", body_format=apprise.NotifyFormat.TEXT):
        raise NotNow(N_("the other side did not take the message"))
