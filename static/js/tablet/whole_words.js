// Keeps words whole. In many languages a word is longer than the picture above it is wide, and would go on in the next
// line wherever it happens to: nobody who learns to read can read that. Its letters become smaller instead, and those of
// its neighbours with it: no step must look weightier than another because its word is short.
//
// Whoever has asked for large letters gets large letters.

const SMALLEST = 4; // steps of css/tablet.css
const LONG = /[^\s\p{Pd}\p{sc=Han}]{4,}/gu; // Chinese may break anywhere
const ORDINARY = 20; // px: letters of the page, not asked to be larger
const CROWD = 10; // so many do not all become smaller for one of them
const LOOKED_AT = "#question, #stage [data-press], #stage li";

const page = document.documentElement;
const main = document.getElementById("main");
const range = document.createRange();

let isComing = false;

/** Look again whenever something else stands on the screen, or the screen changes its size. */
export function listen() {
  new MutationObserver(lookSoon).observe(main, { childList: true, subtree: true });
  addEventListener("resize", lookAnew);
  document.fonts.addEventListener("loadingdone", lookAnew);
}

function lookAnew() {
  for (const one of main.querySelectorAll(".word-size")) delete one.dataset.smaller;
  lookSoon();
}

// Before it is painted, once for everything that changed.
function lookSoon() {
  if (!isComing) requestAnimationFrame(look);
  isComing = true;
}

/** Make every word whole on what stands on the screen now. */
export function look() {
  isComing = false;
  if (parseFloat(getComputedStyle(page).fontSize) > ORDINARY) return;
  const texts = textsLookedAt();
  for (let step = 1; step <= SMALLEST; step += 1) {
    const broken = texts.filter(isBroken);
    if (!broken.length) return;
    for (const text of new Set(broken.flatMap((one) => besides(one, texts)))) sizeOf(text).dataset.smaller = step;
  }
}

function textsLookedAt() {
  const found = [];
  const texts = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const { nodeValue, parentElement } = texts.currentNode;
    if (/\S/.test(nodeValue) && parentElement.closest(LOOKED_AT) && parentElement.checkVisibility()) found.push(texts.currentNode);
  }
  return found;
}

function isBroken(text) {
  for (const { 0: word, index } of text.nodeValue.matchAll(LONG)) {
    range.setStart(text, index);
    range.setEnd(text, index + word.length);
    const lines = [...range.getClientRects()].filter(({ width }) => width > 0);
    const tops = lines.map(({ top }) => top); // Lines stand closer together than their letters are tall.
    if (lines.length > 1 && Math.max(...tops) - Math.min(...tops) > lines[0].height / 2) return true;
  }
  return false;
}

// The same words on the choices beside it.
function besides(text, texts) {
  const like = texts.filter((one) => rowOf(one) === rowOf(text) && ownerOf(one).className === ownerOf(text).className);
  return like.length > CROWD ? [text] : like;
}

function rowOf(text) {
  const { parentElement: parent } = text;
  return (parent.closest("li") ?? parent.closest(LOOKED_AT)).parentElement;
}

function ownerOf(text) {
  const { parentElement: parent } = text;
  return parent.matches(".word-size") ? parent.parentElement : parent;
}

function sizeOf(text) {
  if (text.parentElement.matches(".word-size")) return text.parentElement;
  const size = document.createElement("span");
  size.className = "word-size";
  text.replaceWith(size);
  size.append(text);
  return size;
}
