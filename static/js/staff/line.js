// One stream for all tabs of a browser. A browser opens six connections to a server and no more, so six boards left
// open in tabs would leave none for a seventh page. The tab that took the line last holds it and tells the others.

const STILL_EVERY = 10_000;
const SILENT_TOO_LONG = { visible: 25_000, hidden: 150_000 }; // hidden tabs may only wake once a minute
const MOST_DELAY = 300;

/**
 * This tab's end of the line.
 *
 * `lost` is called when another tab took the line, `free` when nobody holds it any more, and `told` with what the
 * holder says: its state, or that it rang.
 */
export class Line {
  #others = "BroadcastChannel" in window ? new BroadcastChannel("treetops-line") : null;
  #takenAt = 0;
  #heardAt = Date.now();
  #taking = 0;
  #hooks;

  constructor(hooks) {
    this.#hooks = hooks;
    this.#others?.addEventListener("message", ({ data }) => this.#hear(data));
    setInterval(() => this.#watch(), STILL_EVERY);
  }

  /** Whether this tab holds the line. */
  get isMine() {
    return this.#takenAt > 0;
  }

  /** Hold the line from now on. */
  take() {
    clearTimeout(this.#taking);
    this.#takenAt = performance.timeOrigin + performance.now();
    this.#say({ taken: this.#takenAt });
  }

  /** Tell the other tabs. */
  tell(what) {
    if (this.isMine) this.#say({ told: what });
  }

  /** Let go, because this page goes away. */
  leave() {
    if (this.isMine) this.#say({ left: true });
    this.#takenAt = 0;
  }

  #say(message) {
    this.#others?.postMessage(message);
  }

  #hear({ taken, told, left }) {
    this.#heardAt = Date.now();
    if (taken) {
      clearTimeout(this.#taking);
      if (taken < this.#takenAt) return; // ours is newer: the other hears of it as well
      this.#takenAt = 0;
      this.#hooks.lost();
    } else if (told && !this.isMine) {
      this.#hooks.told(told);
    } else if (left) {
      // Not all at once: the first to take it stops the others.
      this.#taking = setTimeout(() => this.#hooks.free(), Math.random() * MOST_DELAY);
    }
  }

  #watch() {
    if (this.isMine) return this.#hooks.still();
    if (Date.now() - this.#heardAt > SILENT_TOO_LONG[document.visibilityState]) this.#hooks.free();
  }
}
