// Only one page of this tablet does this at a time, where the browser can tell.

const LOCK = "treetops-sending";
const PATIENCE = 15_000; // Whoever is at it for so long is stuck: sending twice is safe, never sending is not.

/** Do some work while no other page does it, and answer what it answers. */
export async function oneAtATime(work) {
  if (!navigator.locks) return work();
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE);
  let hasBegun = false;
  const begin = () => {
    clearTimeout(timer);
    hasBegun = true;
    return work();
  };
  try {
    return await navigator.locks.request(LOCK, { signal: patience.signal }, begin);
  } catch (error) {
    if (hasBegun) throw error;
    return work();
  } finally {
    clearTimeout(timer);
  }
}
