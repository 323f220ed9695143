// Makes parts of a screen from the page's own templates. Every word a child reads or hears stands in the page (so
// that it can be translated there), none in a script.
//
// In a template {name} stands for a value, in text and in attributes; an element with data-if="name" stays only when
// there is such a value, one with data-unless="name" only when there is not.

const HOLE = /\{(\w+)\}/g;

/** A filled copy of a template's one element. */
export function build(name, values = {}) {
  const made = document.importNode(template(name).firstElementChild, true);
  for (const part of made.querySelectorAll("[data-if]")) if (!values[part.dataset.if]) part.remove();
  for (const part of made.querySelectorAll("[data-unless]")) if (values[part.dataset.unless]) part.remove();
  fill(made, values);
  return made;
}

/** The words of a template, filled. */
export function say(name, values = {}) {
  return fillText(template(name).textContent.trim(), values);
}

function template(name) {
  return document.getElementById(`t-${name}`).content;
}

function fill(root, values) {
  const parts = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  for (let part = root; part; part = parts.nextNode()) {
    if (part.nodeType === Node.TEXT_NODE) part.nodeValue = fillText(part.nodeValue, values);
    else for (const attribute of part.attributes) attribute.value = fillText(attribute.value, values);
  }
}

function fillText(text, values) {
  return text.replace(HOLE, (_hole, name) => values[name] ?? "");
}
