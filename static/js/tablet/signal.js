// Something others may listen to: const changed = makeSignal(); changed.listen(draw); changed("what").
//
// A listener that fails is reported, and neither keeps the others from hearing nor stops whoever rings.

export function makeSignal() {
  const listeners = new Set();
  const signal = (...said) => listeners.forEach((listener) => tell(listener, said));
  signal.listen = (listener) => listeners.add(listener);
  return signal;
}

function tell(listener, said) {
  try {
    listener(...said);
  } catch (error) {
    console.error(error);
  }
}
