// What this device remembers for the board. A browser that keeps nothing forgets, and all else works.

/** The value kept under a name, or `otherwise`. */
export function recall(store, name, otherwise) {
  try {
    return store.getItem(`treetops-${name}`) ?? otherwise;
  } catch {
    return otherwise;
  }
}

/** Keep a value under a name. */
export function remember(store, name, value) {
  try {
    store.setItem(`treetops-${name}`, value);
  } catch {
    // private browsing, or full
  }
}
