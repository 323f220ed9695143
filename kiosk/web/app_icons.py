"""The product's icons, for devices that keep our pages as an app. Pure.

The PNG files are our own drawing icon.svg, for phones that do not take SVG on their home screen. Apple's want one
that fills its square: they round its corners themselves.
"""

from __future__ import annotations

from collections.abc import Callable

SVG_ICONS = (("img/icon.svg", "any"), ("img/icon-maskable.svg", "maskable"))
PNG_SIZES = (192, 512)
APPLE_ICON = "img/icon-180.png"
KEPT_OFFLINE = (*(name for name, _purpose in SVG_ICONS), APPLE_ICON)
"""Those that a page asks for by itself; the others only an installing device."""


def manifest_icons(address_of: Callable[[str], str]) -> list[dict[str, str]]:
    """The icons as a web manifest lists them: drawings first, then the PNG of each size.

    Args:
        address_of: gives the address of a static file by its name.
    """
    drawn = [
        {"src": address_of(name), "type": "image/svg+xml", "sizes": "any", "purpose": purpose}
        for name, purpose in SVG_ICONS
    ]
    painted = [
        {
            "src": address_of(f"img/icon-{size}.png"),
            "type": "image/png",
            "sizes": f"{size}x{size}",
            "purpose": "any",
        }
        for size in PNG_SIZES
    ]
    return drawn + painted
