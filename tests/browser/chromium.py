"""Finds Chromium for the browser tests, and brings it when there is none: Debian's, else Playwright's own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_chromium() -> str | None:
    """The program to start: the one named by KIOSK_CHROMIUM, or the first there is."""
    named = os.environ.get("KIOSK_CHROMIUM")
    if named:
        return named
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def playwright_has_one() -> bool:
    """Whether Playwright brought its own Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return os.path.exists(playwright.chromium.executable_path)


def bring_chromium() -> None:
    """Install Chromium: from Debian's packages when root, else Playwright's download.

    Raises:
        CalledProcessError: neither could be had.
    """
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], check=True, env=quiet)
        subprocess.run(
            ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"],
            check=True,
            env=quiet,
            stdout=subprocess.DEVNULL,
        )
    else:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)


if __name__ == "__main__":
    if find_chromium() is None and not playwright_has_one():
        print("Bringing Chromium for the browser tests ...", flush=True)
        bring_chromium()
