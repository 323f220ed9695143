"""Chat requests: asking, answering, reading and passing on, each statement with the asker's scope in it.

Whatever changes a request also tells those concerned, in the same transaction: no caller can take a request
and forget to tell anyone.
"""

from kiosk.chats.store.answering import ANSWERS, CannotCome, CannotReceive, answer
from kiosk.chats.store.asking import NotInHigh5, ask, cancel, cannot_wait
from kiosk.chats.store.clock import tick
from kiosk.chats.store.ending import (
    EndedChat,
    NotALead,
    NothingWritten,
    close_after_talk,
    ended_chat,
    ended_lately,
    escalate,
    reopen,
    sign_off,
    to_sign_off,
    who_can_sign_off,
    why_escalated,
)
from kiosk.chats.store.helping import say_helped, to_ask_helped
from kiosk.chats.store.leavers import EndedForLeaver, ended_for_leavers
from kiosk.chats.store.on_board import Standing, WaitingChat, board, standing
from kiosk.chats.store.on_tablet import TabletChat, chat_on_tablet, chats_on_tablet
from kiosk.chats.store.outcomes import (
    EarlierOutcome,
    FollowUp,
    HelpedBefore,
    WrittenOutcome,
    follow_up_done,
    follow_ups_for,
    helped_before,
    outcome_of,
    outcomes_of,
    write_outcome,
)
from kiosk.chats.store.scope import SEE_ALL_ROLES, Asker, NoSuchChat
from kiosk.chats.store.to_do import DoneToday, Waiting, count_waiting, follow_up_not_done, followed_up_today

__all__ = [
    "ANSWERS",
    "SEE_ALL_ROLES",
    "Asker",
    "CannotCome",
    "CannotReceive",
    "DoneToday",
    "EarlierOutcome",
    "EndedChat",
    "EndedForLeaver",
    "FollowUp",
    "HelpedBefore",
    "NoSuchChat",
    "NotALead",
    "NotInHigh5",
    "NothingWritten",
    "Standing",
    "TabletChat",
    "Waiting",
    "WaitingChat",
    "WrittenOutcome",
    "answer",
    "ask",
    "board",
    "cancel",
    "cannot_wait",
    "chat_on_tablet",
    "chats_on_tablet",
    "close_after_talk",
    "count_waiting",
    "ended_chat",
    "ended_for_leavers",
    "ended_lately",
    "escalate",
    "follow_up_done",
    "follow_up_not_done",
    "follow_ups_for",
    "followed_up_today",
    "helped_before",
    "outcome_of",
    "outcomes_of",
    "reopen",
    "say_helped",
    "sign_off",
    "standing",
    "tick",
    "to_ask_helped",
    "to_sign_off",
    "who_can_sign_off",
    "why_escalated",
    "write_outcome",
]
