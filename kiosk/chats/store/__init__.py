"""Chat requests: asking, answering, reading and passing on, each statement with the asker's scope in it.

Whatever changes a request also tells those concerned, in the same transaction: no caller can take a request
and forget to tell anyone.
"""

from kiosk.chats.store.answering import ANSWERS, CannotReceive, answer
from kiosk.chats.store.asking import NotInHigh5, ask, cancel, cannot_wait
from kiosk.chats.store.clock import tick
from kiosk.chats.store.reading import (
    Standing,
    TabletChat,
    WaitingChat,
    board,
    chat_on_tablet,
    chats_on_tablet,
    standing,
)
from kiosk.chats.store.scope import SEE_ALL_ROLES, Asker, NoSuchChat

__all__ = [
    "ANSWERS",
    "SEE_ALL_ROLES",
    "Asker",
    "CannotReceive",
    "NoSuchChat",
    "NotInHigh5",
    "Standing",
    "TabletChat",
    "WaitingChat",
    "answer",
    "ask",
    "board",
    "cancel",
    "cannot_wait",
    "chat_on_tablet",
    "chats_on_tablet",
    "standing",
    "tick",
]
