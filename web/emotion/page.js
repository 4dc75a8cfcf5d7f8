/** The page on which a learner watches their own camera being read. */
import { EMOTIONS } from "../../src/domain/affect/observation.ts";
import { NeuroLearn } from "../client/neurolearn.js";
import { OnDeviceEmotion } from "./on_device.js";
import { School } from "./school.js";

const STOPPED = {
  stopped: "You stopped it.",
  restarted: "It starts anew.",
  not_started: "It could not be started.",
  consent_withdrawn: "Your consent was taken back.",
  forgotten: "It is not allowed any more, by you or by your class, and what was read has been deleted.",
  consent_changed: "Your consent was changed.",
  no_consent: "There is no consent from you.",
  class_policy: "Your class does not allow it.",
  emotion_off: "This school does not use it.",
  session_completed: "The lesson is over.",
  camera_gone: "The camera was taken away.",
  signed_out: "You are signed out.",
};

const part = (id) => document.getElementById(id);

/** Who is signed in and what is loaded for them; null until then. */
let here = null;

function showFault(error) {
  part("fault").textContent = error === null ? "" : error.message;
}

/** Does what a button asks for; what goes wrong is told on the page. */
async function attempt(action) {
  showFault(null);
  try {
    await action();
  } catch (error) {
    showFault(error);
  }
}

function rowFor(emotion) {
  const row = document.createElement("tr");
  const name = document.createElement("th");
  name.scope = "row";
  name.id = `name-${emotion}`;
  name.textContent = emotion;
  const meter = document.createElement("meter");
  meter.id = `share-${emotion}`;
  meter.setAttribute("aria-labelledby", name.id);
  const percent = document.createElement("td");
  percent.id = `percent-${emotion}`;
  percent.textContent = "–";
  const bar = document.createElement("td");
  bar.append(meter);
  row.append(name, bar, percent);
  return row;
}

function showReading({ probabilities, faces, confident }, wasSent) {
  for (const [i, emotion] of EMOTIONS.entries()) {
    const share = probabilities?.[i] ?? 0;
    part(`share-${emotion}`).value = share;
    part(`percent-${emotion}`).textContent = probabilities === null ? "–" : `${Math.round(share * 100)} %`;
  }
  part("faces").textContent = faces;
  part("confident").textContent = confident ? "yes" : "no";
  if (wasSent) part("sent").textContent = Number(part("sent").textContent) + 1;
}

function showCamera(text) {
  const isReading = here.device?.isReading === true;
  part("indicator").dataset.reading = isReading ? "yes" : "no";
  part("indicator").textContent = isReading ? "The camera is on, and being read on this device." : text;
  showButtons();
}

function showButtons() {
  const isReading = here.device?.isReading === true;
  part("start").disabled = here.isStarting || isReading || part("session").value === "" || !here.isInForce;
  part("stop").disabled = !isReading;
}

async function showConsent() {
  const { isInForce, text } = await here.school.consent();
  here.isInForce = isInForce;
  here.textVersion = text.version;
  part("consent").hidden = false;
  part("consent-state").textContent = isInForce ? "You have said yes." : "You have not said yes to this text.";
  part("consent-question").textContent = text.title;
  part("consent-details").open = !isInForce;
  part("consent-text").replaceChildren(...text.paragraphs.map((paragraph) => {
    const shown = document.createElement("p");
    shown.textContent = paragraph;
    return shown;
  }));
  part("give").hidden = isInForce;
  part("take-back").hidden = !isInForce;
  showCamera("The camera is off.");
}

async function showSessions() {
  const sessions = await here.school.activeSessions();
  part("camera").hidden = false;
  part("no-session").hidden = sessions.length > 0;
  part("session").replaceChildren(...sessions.map(({ id, course_id, started_at }) => {
    return new Option(`${course_id}, begun ${new Date(started_at).toLocaleTimeString()}`, id);
  }));
}

async function signIn(form) {
  const given = new FormData(form);
  const school = await School.signIn(given.get("username"), given.get("password"));
  const address = new URL("/api/v1/socket", location.href);
  address.protocol = address.protocol.replace("http", "ws");
  const client = new NeuroLearn(address.href, () => school.token());
  here = { school, client, device: null, isInForce: false, isStarting: false };
  form.hidden = true;
  await showSessions();
  await showConsent();
}

/** Only one start is under way at a time: a second device would read on where no button reaches it. */
async function start() {
  if (here.isStarting) return;
  here.isStarting = true;
  showButtons();
  try {
    await openDevice();
    await startReading();
  } finally {
    here.isStarting = false;
    showButtons();
  }
}

async function openDevice() {
  if (here.device !== null) return;
  part("backend").textContent = "loading…";
  try {
    here.device = await OnDeviceEmotion.open((path) => here.school.fetch(path));
  } finally {
    part("backend").textContent = here.device?.backend ?? "not loaded";
  }
}

async function startReading() {
  await here.device.start({
    client: here.client,
    channel: here.client.channel(`session/${part("session").value}`),
    video: part("preview"),
    onReading: showReading,
    onStopped(reason) {
      showCamera(`The camera is off. ${STOPPED[reason] ?? reason}`);
      void attempt(showConsentAfter(reason));
    },
  });
  showCamera("");
}

/** Whatever ended it may have been a change of mind elsewhere; the page says how consent stands now. */
function showConsentAfter(reason) {
  return async () => {
    const said = part("indicator").textContent;
    if (reason !== "signed_out") await showConsent();
    showCamera(said);
  };
}

part("shares").replaceChildren(...EMOTIONS.map(rowFor));
part("sign-in").addEventListener("submit", (event) => {
  event.preventDefault();
  void attempt(() => signIn(event.target));
});
part("give").addEventListener("click", () => {
  void attempt(async () => {
    await here.school.giveConsent(here.textVersion);
    await showConsent();
  });
});
part("take-back").addEventListener("click", () => {
  void attempt(async () => {
    // First of all here: the server is told when nothing is read any more.
    here.device?.stop("consent_withdrawn");
    await here.school.takeConsentBack();
    await showConsent();
  });
});
part("start").addEventListener("click", () => void attempt(start));
part("stop").addEventListener("click", () => here.device.stop());
