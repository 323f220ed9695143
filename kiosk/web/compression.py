"""Sending small what a tablet loads before a child can tap: thirty of them start at nine over the school's Wi-Fi.

Only what is the same for everybody is compressed. An answer about a person can hold a secret beside something that
a visitor chose, and its compressed length would tell of both (the BREACH attack).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from flask import Flask
from flask_compress import Compress

COMPRESS_CONFIG: dict[str, Any] = {
    "COMPRESS_REGISTER": False,  # nothing by itself: views say so
    "COMPRESS_ALGORITHM": ["br", "gzip"],
    "COMPRESS_ALGORITHM_STREAMING": ["br", "deflate"],
}
_compress = Compress()
View = TypeVar("View", bound=Callable[..., Any])


def init_compression(app: Flask) -> None:
    """Compress static files; pictures that are compressed already stay as they are."""
    app.config.update(COMPRESS_CONFIG)
    _compress.init_app(app)
    app.view_functions["static"] = same_for_everybody(app.view_functions["static"])


def same_for_everybody(view: View) -> View:
    """Marks a view whose answer holds nothing of whoever asks: it is sent compressed."""
    return cast(View, _compress.compressed()(view))
