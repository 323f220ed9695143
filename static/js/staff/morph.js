// Makes one tree like another while keeping what a person is doing in it: focus, open folds, half-filled fields.
// Elements with an id are kept wherever they move to; others are matched by their place.

const KEPT = new Set(["open", "data-heard"]);

/** Make `old` like `fresh`. When what had the focus is gone, `refuge` gets it. */
export function morph(old, fresh, refuge) {
  const focused = document.activeElement;
  const held = old.contains(focused);
  update(old, fresh, old);
  if (!held || document.activeElement === focused) return;
  (focused.isConnected ? focused : refuge).focus({ preventScroll: true });
}

function update(old, fresh, root) {
  copyAttributes(old, fresh);
  let here = old.firstChild;
  for (const wanted of [...fresh.childNodes]) {
    const match = findMatch(here, wanted, root);
    if (!match) {
      old.insertBefore(document.importNode(wanted, true), here);
    } else {
      if (match === here) here = here.nextSibling;
      else old.insertBefore(match, here);
      if (wanted.nodeType === Node.ELEMENT_NODE) update(match, wanted, root);
      else if (match.nodeValue !== wanted.nodeValue) match.nodeValue = wanted.nodeValue;
    }
  }
  while (here) {
    const next = here.nextSibling;
    here.remove();
    here = next;
  }
}

function findMatch(here, wanted, root) {
  if (wanted.id) {
    const same = root.querySelector(`#${CSS.escape(wanted.id)}`);
    return same?.nodeName === wanted.nodeName ? same : null;
  }
  const alike = here && !here.id && here.nodeType === wanted.nodeType && here.nodeName === wanted.nodeName;
  return alike ? here : null;
}

function copyAttributes(old, fresh) {
  for (const { name, value } of fresh.attributes) {
    if (!KEPT.has(name) && old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  for (const { name } of [...old.attributes]) {
    if (!KEPT.has(name) && !fresh.hasAttribute(name)) old.removeAttribute(name);
  }
}
