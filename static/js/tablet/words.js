// Makes parts of a screen from the page's own templates. Every word a child reads or hears stands in the page (so
// that it can be translated there), none in a script.
//
// A child's own language brings templates of the same names (language.js); what it does not have stays English.
//
// In a template {name} stands for a value, in text and in attributes; an element with data-if="name" stays only when
// there is such a value, one with data-unless="name" only when there is not.

import * as pictures from "./pictures.js";

const HOLE = /\{(\w+)\}/g;
const ISOLATED = ["aria-label", "data-question", "data-lead"];

let other = null;
let toFill = null;

/** A filled copy of a template's one element. */
export function build(name, values = {}) {
  const made = document.importNode(template(name).firstElementChild, true);
  for (const part of made.querySelectorAll("[data-if]")) if (!values[part.dataset.if]) part.remove();
  for (const part of made.querySelectorAll("[data-unless]")) if (values[part.dataset.unless]) part.remove();
  fill(made, values);
  pictures.putInto(made, values.photo);
  return made;
}

/** The words of a template, filled. */
export function say(name, values = {}) {
  return fillText(template(name).textContent.trim(), values);
}

/** Take the words from another document's templates; null for the page's own. */
export function takeWordsFrom(parsed) {
  other = parsed;
  toFill = null;
}

/** Every phrase of the page's language that has places to fill in, as it stands in a template. */
export function phrasesToFill() {
  toFill ??= [...document.querySelectorAll("template[id^=t-]")].flatMap((one) => phrasesIn(template(one.id.slice(2))));
  return toFill;
}

function phrasesIn(content) {
  const found = [];
  const parts = document.createTreeWalker(content, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  while (parts.nextNode()) {
    const part = parts.currentNode;
    if (part.nodeType === Node.TEXT_NODE) found.push(part.nodeValue.trim());
    else found.push(...ISOLATED.map((name) => part.getAttribute(name) ?? ""));
  }
  return found.filter((words) => words.search(HOLE) >= 0);
}

/** What the school or an adult says in English, in the language of the page where that is one of the words we know. */
export function ofSchool(text) {
  if (!other) return text;
  const known = [...document.querySelectorAll('template[id^="t-default-"]')];
  const same = known.find((one) => one.content.textContent === text);
  return same ? say(same.id.slice("t-".length)) : text;
}

function template(name) {
  return (other?.getElementById(`t-${name}`) ?? document.getElementById(`t-${name}`)).content;
}

function fill(root, values) {
  const parts = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  for (let part = root; part; part = parts.nextNode()) {
    if (part.nodeType === Node.TEXT_NODE) part.nodeValue = fillText(part.nodeValue, values);
    else for (const attribute of part.attributes) attribute.value = fillAttribute(attribute, values);
  }
}

function fillAttribute({ name, value }, values) {
  return ISOLATED.includes(name) ? fillText(value, values) : fillIn(value, values);
}

// A name in another script must not turn the words around it: between right-to-left words it is set apart.
function fillText(text, values) {
  if (document.documentElement.dir !== "rtl") return fillIn(text, values);
  return fillIn(text, values, (value) => `\u2068${value}\u2069`);
}

function fillIn(text, values, setApart = (value) => value) {
  return text.replace(HOLE, (_hole, name) => (values[name] == null ? "" : setApart(values[name])));
}
