// Cards that adults left for a child: held in mind, or something they noticed. And the child's own book of what was
// noticed, to leaf through together with such a card.

import { pictureOf } from "./people.js";
import { show } from "./screens.js";
import { build, ofSchool, say } from "./words.js";

const HELD_IN_MIND = "held_in_mind";

/** Show one card. The book is there beside something noticed, when there is something in it. */
export function showCard(pupil, card, lead, book) {
  const question = say(`card-${nameOf(card.kind)}`, { adult: card.from.name });
  const hasBook = card.kind !== HELD_IN_MIND && book.length > 0;
  put(card, show("card", { pupil, lead, question, hasBook }));
}

/** Show one page of the child's own book. */
export function showPage(pupil, book, place) {
  put(book[place], show("book", { pupil, before: place > 0, after: place < book.length - 1 }));
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
