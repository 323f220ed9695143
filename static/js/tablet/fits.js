// Marks the page while everything on it fits: then nothing has to scroll, and a finger that slides a little while it
// presses still presses (otherwise the browser takes it for the beginning of scrolling and takes it away).

const page = document.documentElement;

/** Keep the mark right whenever the page or the screen changes its size. */
export function listen() {
  new ResizeObserver(look).observe(document.getElementById("main"));
  addEventListener("resize", look);
}

function look() {
  page.toggleAttribute("data-fits", page.scrollHeight <= innerHeight);
}
