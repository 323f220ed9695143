"""Finds Chromium for the browser tests, and brings it when there is none: Debian's, else Playwright's own.

Letters of every language that children read come with it: whether a screen of Tamil fits is not to be measured on
empty boxes.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

LETTERS = ("ar", "bn", "fa", "gu", "pa", "ps", "ta", "ur", "zh-cn")
FONTS = ("fonts-noto-core", "fonts-noto-cjk")
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
    if may_install():
        install_packages("chromium")
    else:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)


def languages_without_letters() -> list[str]:
    """Of the languages with letters of their own those that this machine cannot draw; none where nobody knows."""
    if shutil.which("fc-list") is None:
        return []
    return [code for code in LETTERS if not subprocess.check_output(["fc-list", f":lang={code}"])]


def bring_letters() -> None:
    """Install what is missing where that can be done; without it the tests still run, on boxes for letters."""
    missing = languages_without_letters()
    if not missing:
        return
    try:
        if may_install():
            print("Bringing letters of the children's languages ...", flush=True)
            install_packages(*FONTS)
            return
    except subprocess.CalledProcessError as error:
        print(f"They could not be had: {error}.")
    print(f"No letters for {', '.join(missing)}: install {' and '.join(FONTS)} to see those screens as they are.")


def may_install() -> bool:
    """Whether this is Debian or its like, and we are root."""
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def install_packages(*names: str) -> None:
    """Install packages of Debian.

    Raises:
        CalledProcessError: they could not be had.
    """
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], check=True, env=quiet)
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *names]
    subprocess.run(install, check=True, env=quiet, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    if find_chromium() is None and not playwright_has_one():
        print("Bringing Chromium for the browser tests ...", flush=True)
        bring_chromium()
    bring_letters()
