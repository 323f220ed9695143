// Reads aloud when a speaker is pressed, never by itself, with a voice that lives on the device: what a child is asked
// must not be sent to a voice service.

const page = document.documentElement;
const synthesis = window.speechSynthesis;

/** Show the speakers once there is a voice for the page's language. */
export function listen() {
  synthesis?.addEventListener?.("voiceschanged", look);
  look();
}

/** Read something aloud, instead of what is being read. */
export function speak(text) {
  const voice = findVoice();
  if (!voice) return;
  hush();
  const words = new SpeechSynthesisUtterance(text);
  words.voice = voice;
  words.lang = voice.lang;
  words.rate = 0.9;
  synthesis.speak(words);
}

export function hush() {
  synthesis?.cancel();
}

function look() {
  page.toggleAttribute("data-voice", findVoice() !== null);
}

function findVoice() {
  const voices = (synthesis?.getVoices() ?? []).filter((voice) => voice.localService);
  const speaks = (lang) => (voice) => voice.lang.replace("_", "-").toLowerCase().startsWith(lang.toLowerCase());
  return voices.find(speaks(page.lang)) ?? voices.find(speaks(page.lang.split("-")[0])) ?? null;
}
