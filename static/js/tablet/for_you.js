// What waits for one child: cards that adults left, planned times, whether to ask if talking helped, and whether an adult
// has opened the child's week here.
//
// It is asked for when the child presses their tile, stays in this visit's memory alone, and is gone with the child:
// nothing of it is ever kept on the tablet. Without the network there is nothing to show. Only what the child answered
// goes through the outbox, so that no answer is lost.

import { instant } from "./clock.js";
import * as outbox from "./outbox.js";
import { ask } from "./server.js";

/** What there is for a child as long as nothing was heard. */
export const NOTHING = { cards: [], book: [], planned: [], askHelped: null, weekOpen: false };

// Chats about which a child was asked since this page was loaded: asking once is enough.
const asked = new Set();

/** Ask what waits for this child. */
export async function hear(pupil) {
  const { status, data } = await ask(`/tablet/pupils/${pupil.id}/waiting`);
  if (status !== 200) return NOTHING;
  return {
    cards: data.cards.filter((card) => !isOnItsWay(card.id)),
    book: data.book,
    planned: data.planned,
    weekOpen: data.week_open === true,
    askHelped: asked.has(data.ask_helped) || isOnItsWay(data.ask_helped) ? null : data.ask_helped,
  };
}

/** The child is asked whether this talk helped. */
export function wasAsked(chat) {
  asked.add(chat);
}

/** The child says whether a talk helped: "yes", "a_bit", "no" or "not_say". */
export function sayHelped(chat, said) {
  outbox.add(`/tablet/chats/${chat}/helped`, chat, { said, said_at: instant() });
}

/** The child has found a card, and "kept" it or "waved" at whoever left it. */
export function answerCard(card, answer) {
  outbox.add(`/tablet/cards/${card}/found`, card, { answer, at: instant() });
}

function isOnItsWay(about) {
  return outbox.waiting().some((entry) => entry.about === about);
}
