"""What every answer says about itself: a strict content policy, no sniffing, no framing, no caching of people."""

from __future__ import annotations

from flask import Flask, Response, request

CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "media-src 'self' blob:",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
RECORDS_SOUND = ("staff.record", "staff.keep_recording_now")
"""The one page, and its answer to a form that was refused, that may ask for the microphone."""
FRAMES_A_PREVIEW = ("staff.childs_tablet", "staff.set_up_tablet")
"""The page that shows the tablet's own screens beside the choices, and its answer to a refused form."""
IN_OUR_FRAME = ("staff.tablet_preview",)
"""What stands in that frame: nobody else's page may frame it."""
A_YEAR = 31_536_000


def init_headers(app: Flask) -> None:
    """Add the headers to every answer."""
    app.after_request(_add_headers)


def _add_headers(answer: Response) -> Response:
    answer.headers.update(HEADERS)
    if request.endpoint in RECORDS_SOUND:
        answer.headers["Permissions-Policy"] = HEADERS["Permissions-Policy"].replace(
            "microphone=()", "microphone=(self)"
        )
    if request.endpoint in FRAMES_A_PREVIEW:
        answer.headers["Content-Security-Policy"] = f"{CONTENT_POLICY}; frame-src 'self'"
    if request.endpoint in IN_OUR_FRAME:
        framed = CONTENT_POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
        answer.headers["Content-Security-Policy"] = framed
        answer.headers["X-Frame-Options"] = "SAMEORIGIN"
    if request.is_secure:
        answer.headers["Strict-Transport-Security"] = f"max-age={A_YEAR}"
    if request.endpoint != "static" and "Cache-Control" not in answer.headers:
        answer.headers["Cache-Control"] = "no-store"
    return answer
