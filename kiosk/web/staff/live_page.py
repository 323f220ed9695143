"""A page of which one part changes while it stands open: shown whole, fetched alone, or answered to our script.

The same fragment is used for all three, so that a page just fetched and one kept up to date look alike.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from flask import Response, make_response, render_template, request
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup

BY_SCRIPT = "X-Treetops-Board"
"""Sent by our script with a form: the answer is then what changes on the page, and carries the fragment's ETag."""
NEXT_PAGE = "X-Treetops-Next"
"""Answered to our script: where the person is led now, an address of ours."""


def by_script() -> bool:
    """Whether our script sent this form, and shows the answer in place."""
    return BY_SCRIPT in request.headers


def live_page(template: str, fragment: str, *, notice: tuple[str, str] | None = None, **shown: Any) -> Response:
    """The whole page, or for our script the sentence and the fragment.

    Args:
        template: the page; it is given ``fragment``, ``etag`` and ``notice_now``.
        fragment: the part that changes, as HTML.
        notice: a kind and a sentence that stand above it.
        shown: what else the page needs.
    """
    etag = f'"{fingerprint(fragment)}"'
    inside = Markup(fragment)  # noqa: S704 - rendered by us a moment ago
    answer = make_response(
        render_template(
            "staff/_answered.html" if by_script() else template,
            fragment=inside,
            etag=etag,
            notice_now=notice,
            **shown,
        )
    )
    if by_script():
        answer.headers[BY_SCRIPT] = etag
    return answer


def live_fragment(fragment: str) -> Response:
    """The fragment alone: 304 while nothing in it changed."""
    answer = make_response(fragment)
    answer.set_etag(fingerprint(fragment))
    answer.make_conditional(request)
    return answer


def fingerprint(fragment: str) -> str:
    """Of what is shown: the forms' token is new each time and says nothing."""
    return sha256(fragment.replace(generate_csrf(), "").encode()).hexdigest()[:32]
