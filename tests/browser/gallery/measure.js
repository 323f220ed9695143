// Measures the page as it is rendered. Each answers a list of what is not as it must be, in words.

(() => {
  const root = document.documentElement;

  // How far the page reaches beyond the screen's side.
  function sideways() {
    const beyond = root.scrollWidth - innerWidth;
    return beyond > 0 ? [`reaches ${beyond} px beyond the side`] : [];
  }

  // Everything a finger may press, smaller than it must be or too near the edge.
  function targets({ least, tool, tools, edge }) {
    return pressable().flatMap((one) => {
      const box = one.getBoundingClientRect();
      const must = tools.includes(one.dataset.press) ? tool : least;
      const name = `${one.dataset.press ?? one.tagName} "${one.innerText.trim()}"`;
      const right = root.clientWidth - box.right;
      return [
        ...(Math.min(box.width, box.height) < must - 0.5 ? [`${name} is ${box.width} x ${box.height}`] : []),
        ...(Math.min(box.left, right) < edge - 0.5 ? [`${name} is at the edge`] : []),
      ];
    });
  }

  // Words that stand outside of what they are written on.
  function spilt() {
    return pressable().flatMap((one) => {
      const box = one.getBoundingClientRect();
      const isOut = ({ left, right, top, bottom }) =>
        left < box.left - 1 || right > box.right + 1 || top < box.top - 1 || bottom > box.bottom + 1;
      return texts(one).filter((text) => rectsOf(text).some(isOut)).map((text) => `"${text.nodeValue.trim()}" is cut off`);
    });
  }

  // Words that go on in the next line. Chinese may break anywhere, and a hyphen is where others may.
  function broken() {
    const range = document.createRange();
    return texts(document.getElementById("main")).flatMap((text) =>
      [...text.nodeValue.matchAll(/[^\s\p{Pd}\p{sc=Han}]+/gu)].flatMap(({ 0: word, index }) => {
        range.setStart(text, index);
        range.setEnd(text, index + word.length);
        const lines = [...range.getClientRects()].filter(({ width }) => width > 0.5);
        const tops = lines.map(({ top }) => top);
        const isOne = lines.length < 2 || Math.max(...tops) - Math.min(...tops) < lines[0].height / 2;
        return isOne ? [] : [`"${word}" is broken in two`];
      }),
    );
  }

  // Words that do not stand out enough from the colour behind them.
  function faint(least) {
    return texts(document.body).flatMap((text) => {
      const style = getComputedStyle(text.parentElement);
      const paper = paperOf(text.parentElement);
      const ink = over(colour(style.color), paper);
      const found = contrast(ink, paper);
      return found < least ? [`"${text.nodeValue.trim()}" has ${found.toFixed(2)}`] : [];
    });
  }

  function pressable() {
    return [...document.querySelectorAll("button, a")].filter((one) => one.checkVisibility() && isInFront(one));
  }

  function texts(where) {
    const found = [];
    const walk = document.createTreeWalker(where, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) if (isSeen(walk.currentNode)) found.push(walk.currentNode);
    return found;
  }

  // Not what is there for who listens alone, nor initials on a leaf, whose name stands beside it.
  function isSeen(text) {
    const parent = text.parentElement;
    if (!/\S/.test(text.nodeValue) || !parent.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
    if (parent.closest("[aria-hidden], script, template, noscript") || !isInFront(parent)) return false;
    for (let one = parent; one; one = one.parentElement) if (getComputedStyle(one).clipPath !== "none") return false;
    return rectsOf(text).length > 0;
  }

  // While something is asked in front of the page, nothing behind it counts.
  function isInFront(one) {
    const dialog = document.querySelector("dialog[open]");
    return !dialog || dialog.contains(one);
  }

  function rectsOf(text) {
    const range = document.createRange();
    range.selectNodeContents(text);
    return [...range.getClientRects()].filter((rect) => rect.width > 0.5);
  }

  function paperOf(element) {
    const sheets = [];
    for (let one = element; one; one = one.parentElement) {
      const sheet = colour(getComputedStyle(one).backgroundColor);
      if (sheet[3] > 0) sheets.push(sheet);
      if (sheet[3] === 1 || one.matches("dialog")) break;
    }
    return sheets.reverse().reduce((below, sheet) => over(sheet, below), [255, 255, 255, 1]);
  }

  // A colour as the browser paints it: red, green, blue from 0 to 255 and how much it covers.
  function colour(css) {
    const found = css.match(/^rgba?\(([\d.]+), ([\d.]+), ([\d.]+)(?:, ([\d.]+))?\)$/);
    if (!found) throw new Error(`This colour cannot be read: ${css}`);
    const [red, green, blue, cover = 1] = found.slice(1).map((part) => (part === undefined ? 1 : Number(part)));
    return [red, green, blue, cover];
  }

  function over([red, green, blue, cover], below) {
    return [...[red, green, blue].map((part, place) => part * cover + below[place] * (1 - cover)), 1];
  }

  function contrast(one, other) {
    const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  }

  function luminance(parts) {
    const [red, green, blue] = parts.map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }

  globalThis.measure = { sideways, targets, spilt, broken, faint };
})();
