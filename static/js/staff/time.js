// The server's clock: a phone's own may be minutes off, and a child's wait must not be.

let ahead = 0;

/** Learn how far this device's clock is from the server's. */
export function hearServerTime(answer) {
  const said = Date.parse(answer.headers.get("Date"));
  if (!Number.isNaN(said)) ahead = said - Date.now();
}

/** Milliseconds since 1970 on the server's clock. */
export function now() {
  return Date.now() + ahead;
}
