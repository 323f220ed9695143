// Cards that adults left for a child: held in mind, or something they noticed. And the child's own book of what was
// noticed, to leaf through beside such a card or by itself.

import { pictureOf } from "./people.js";
import { show } from "./screens.js";
import { build, ofSchool, say } from "./words.js";

const HELD_IN_MIND = "held_in_mind";
const PAGES = 5; // as many as the server sends

/** Show one card. The book is there beside something noticed, when there is something in it. */
export function showCard(pupil, card, lead, book) {
  const question = say(`card-${nameOf(card.kind)}`, { adult: card.from.name });
  const hasBook = card.kind !== HELD_IN_MIND && book.length > 0;
  put(card, show("card", { pupil, lead, question, hasBook }));
}

/** Show one page of the child's own book, opened beside a card or by itself. */
export function showPage(pupil, book, place, besideCard) {
  put(book[place], show("book", { pupil, besideCard, before: place > 0, after: place < book.length - 1 }));
}

/** The book with one page more: what was noticed, once the child has found it. */
export function withPage(book, card) {
  return card.kind === HELD_IN_MIND ? book : [card, ...book].slice(0, PAGES);
}

function put(card, screen) {
  const [drawn, hue] = card.picture.split(/-(?=\d+$)/);
  const parts = build("card-parts", { words: ofSchool(card.words), ...pictureOf(card.from), drawnFor: drawn, hueFor: hue });
  parts.querySelector(".card-picture").append(build(`kind-${nameOf(card.kind)}`));
  screen.querySelector("[data-place=card]").replaceChildren(...parts.children);
}

function nameOf(kind) {
  return kind.replaceAll("_", "-");
}
