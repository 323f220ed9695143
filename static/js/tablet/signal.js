// Something others may listen to: const changed = makeSignal(); changed.listen(draw); changed("what").

export function makeSignal() {
  const listeners = new Set();
  const signal = (...said) => listeners.forEach((listener) => listener(...said));
  signal.listen = (listener) => listeners.add(listener);
  return signal;
}
