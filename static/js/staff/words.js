// What scripts say, in the reader's language: the phrases come with the page (kiosk/web/staff/live_words.py).

const phrases = JSON.parse(document.getElementById("board-name").dataset.words);
const counting = new Intl.PluralRules(document.documentElement.lang);

/** A phrase with its places filled in. */
export function say(name, values = {}) {
  return fill(phrases[name], values);
}

/** A phrase that counts, as the language says it of this number. */
export function count(name, number) {
  const ways = phrases[name];
  return fill(ways[counting.select(number)] ?? ways.other, { count: number });
}

function fill(phrase, values) {
  return phrase.replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place);
}
