// The sound of a request: two soft notes, at most three times. Nothing is downloaded; the browser plays them.

const NOTES = [783.99, 587.33]; // G5, then D5
const BETWEEN_NOTES = 0.38;
const NOTE_LASTS = 1.1;
const LOUDNESS = 0.16;
const TIMES = 3;
const EVERY = 3_500;

let audio = null;
let playing = null;
let again = 0;

/** Whether the browser lets this page make a sound now. */
export function canSound() {
  return context()?.state === "running";
}

/** Ask the browser for leave to make a sound; it is given after a touch or a key. */
export async function allowSound() {
  await context()?.resume();
}

/** Call `listener` whenever leave to make a sound is given or taken away. */
export function onSoundChange(listener) {
  context()?.addEventListener("statechange", listener);
}

/** Ring at most three times. */
export function startChime() {
  stopChime();
  let left = TIMES;
  const ring = () => {
    if (canSound()) playNotes();
    left -= 1;
    again = left ? setTimeout(ring, EVERY) : 0;
  };
  ring();
}

/** Be quiet at once. */
export function stopChime() {
  clearTimeout(again);
  again = 0;
  if (!playing) return;
  playing.gain.setTargetAtTime(0, audio.currentTime, 0.02); // a hard cut would click
  playing = null;
}

function playNotes() {
  playing = audio.createGain();
  playing.connect(audio.destination);
  NOTES.forEach((pitch, place) => playNote(pitch, audio.currentTime + place * BETWEEN_NOTES));
}

function playNote(pitch, at) {
  const tone = audio.createOscillator();
  const shape = audio.createGain();
  tone.type = "sine";
  tone.frequency.value = pitch;
  shape.gain.setValueAtTime(0, at);
  shape.gain.linearRampToValueAtTime(LOUDNESS, at + 0.03);
  shape.gain.exponentialRampToValueAtTime(0.001, at + NOTE_LASTS);
  tone.connect(shape).connect(playing);
  tone.start(at);
  tone.stop(at + NOTE_LASTS);
}

function context() {
  if (!audio && "AudioContext" in window) audio = new AudioContext();
  return audio;
}
