// Records into the form's own file field, so that keeping a recording is sending a form like any other. Without this
// script, or without a microphone, a sound file can be chosen.

const LOOK_EVERY = 200;
const LIGHT = 32_000; // bits a second: plenty for a voice, and ten seconds stay far below what is taken

const recorder = document.querySelector("[data-recorder]");
const button = recorder.querySelector("[data-record]");
const listen = recorder.querySelector("[data-listen]");
const passed = recorder.querySelector("[data-passed]");
const field = document.getElementById("sound");
const longest = Number(recorder.dataset.longest) * 1000;

let recording = null;

if (window.MediaRecorder && navigator.mediaDevices) {
  recorder.hidden = false;
  button.addEventListener("click", () => (recording ? recording.stop() : begin()));
}

async function begin() {
  let microphone;
  try {
    microphone = await navigator.mediaDevices.getUserMedia({ audio: true });
  } catch {
    return tell("refused");
  }
  const heard = [];
  recording = new MediaRecorder(microphone, { audioBitsPerSecond: LIGHT });
  const timer = setTimeout(() => recording?.stop(), longest);
  const began = performance.now();
  const looks = setInterval(() => (passed.value = (performance.now() - began) / 1000), LOOK_EVERY);
  recording.addEventListener("dataavailable", (event) => heard.push(event.data));
  recording.addEventListener("stop", () => {
    clearTimeout(timer);
    clearInterval(looks);
    microphone.getTracks().forEach((track) => track.stop()); // The browser's sign that it listens goes out.
    keep(new Blob(heard, { type: recording.mimeType }));
    recording = null;
    show(false);
  });
  recording.start();
  show(true);
}

function keep(sound) {
  const files = new DataTransfer();
  files.items.add(new File([sound], "recording", { type: sound.type }));
  field.files = files.files;
  URL.revokeObjectURL(listen.src);
  listen.src = URL.createObjectURL(sound);
  listen.hidden = false;
}

function show(isRecording) {
  button.setAttribute("aria-pressed", String(isRecording));
  passed.hidden = !isRecording;
  passed.value = 0;
  button.querySelector("[data-when-still]").hidden = isRecording;
  button.querySelector("[data-when-recording]").hidden = !isRecording;
  tell(isRecording ? "recording" : "done");
}

function tell(what) {
  for (const one of ["recording", "done", "refused"]) {
    recorder.querySelector(`[data-said-${one}]`).hidden = one !== what;
  }
}
