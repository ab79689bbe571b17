// Keeps what is typed in a follow-up form on the server as an unsaved answer, so that it outlives the page.

const form = document.querySelector("form[data-unsaved]");
const address = form.dataset.unsaved;
const shelf = `utkast ${form.dataset.unsavedOf} ${address}`;
const said = form.querySelector("[data-unsaved-said]");

const AFTER_TYPING = 1_000; // milliseconds
const FIRST_PAUSE = 2_000;
const LONGEST_PAUSE = 60_000;
const PATIENCE = 10_000;

let kept = written(); // what the server has, or what the page began with
let tries = 0; // in vain, since the server last answered
let isSent = false; // the form itself is on its way
let isNews = false; // it has been sent, and something was typed in it afterwards
let isGone = false; // the page has been left, which breaks off what is underway
let isBack = false; // the page has been gone back to, and may show what was saved long ago
let timer;
let underway = null;

function written() {
  const fields = new URLSearchParams(new FormData(form));
  fields.delete("csrfmiddlewaretoken");
  return fields.toString();
}

// --- Keeping -------------------------------------------------------------------------------------------------
async function send(path, words) {
  const body = new URLSearchParams(words);
  const answer = await fetch(path, { method: "POST", body, signal: AbortSignal.timeout(PATIENCE) });
  if (answer.status >= 500) {
    throw new Error(answer.statusText);
  }
  return answer;
}

// True when the server has answered. Sends one text at a time, so that an older one never arrives after a newer one.
function keep() {
  clearTimeout(timer);
  underway ??= keepNow().finally(() => {
    underway = null;
  });
  return underway;
}

async function keepNow() {
  const words = written();
  try {
    const answer = await send(address, words + (isNews ? "&again=1" : "") + (words === kept ? "&ping=1" : ""));
    tries = 0;
    kept = words;
    sessionStorage.removeItem(shelf);
    hear(answer.ok ? await answer.json() : null);
  } catch {
    if (!isGone) {
      miss(words);
    }
    return false;
  }
  if (written() !== kept) {
    wait(AFTER_TYPING);
  }
  return true;
}

function hear(answer) {
  if (!answer || answer.fault) {
    tell(answer?.fault ?? "Det du skriver kan inte sparas som utkast. Kopiera texten innan du lämnar sidan.");
    return;
  }
  if (answer.is_saved) {
    if (isBack) {
      location.replace(location.pathname + location.search); // as it stands now
    }
    return;
  }
  isBack = false;
  for (const field of answer.token ? document.querySelectorAll("[name=csrfmiddlewaretoken]") : []) {
    field.value = answer.token; // the page's own may be from before another sign-in
  }
  tell(
    {
      author: answer.kept_at && "Utkast sparat",
      nobody: "Du har blivit utloggad. Det du skriver sparas som utkast: logga in i en ny flik och fortsätt sedan här.",
      another: "Någon annan är inloggad i webbläsaren. Det du skriver sparas som ditt utkast.",
    }[answer.who],
    answer.kept_at,
  );
}

// Without an answer the tab keeps the text and tries again.
function miss(words) {
  store(words);
  wait(Math.min(FIRST_PAUSE * 2 ** tries, LONGEST_PAUSE));
  tries += 1;
  tell(
    "Ingen kontakt med servern. Det du skriver finns kvar i fliken och sparas när kontakten är tillbaka.",
  );
}

function store(words) {
  try {
    sessionStorage.setItem(shelf, words);
  } catch {
    // The storage is full or switched off; the text is still in the form.
  }
}

function wait(pause) {
  clearTimeout(timer);
  timer = setTimeout(keep, pause);
}

// Screen readers read the text out when it changes, not each time the clock does.
function tell(words, time = "") {
  const text = said.querySelector("span") ?? said.appendChild(document.createElement("span"));
  const when = said.querySelector("[aria-hidden]") ?? said.appendChild(document.createElement("span"));
  when.setAttribute("aria-hidden", "true");
  if (text.textContent !== words) {
    text.textContent = words;
  }
  when.textContent = time && ` kl. ${time}`;
}

// --- When ------------------------------------------------------------------------------------------------------
function notice() {
  if (isSent) {
    isSent = false;
    isNews = true;
  }
  if (written() === kept) {
    clearTimeout(timer);
  } else if (tries === 0) {
    wait(AFTER_TYPING);
  } else {
    store(written());
  }
}

form.addEventListener("input", notice);
form.addEventListener("change", () => {
  notice();
  if (written() !== kept && tries === 0) {
    keep(); // a field has been left, perhaps for a link
  }
});

// Without contact the form is not sent: the browser's error page would replace it.
form.addEventListener("submit", async (event) => {
  if (tries === 0) {
    isSent = true;
    clearTimeout(timer);
    return;
  }
  event.preventDefault();
  if (await keep()) {
    form.requestSubmit(event.submitter);
  }
});

addEventListener("offline", () => {
  clearTimeout(timer);
  miss(written());
});
addEventListener("online", () => {
  if (tries > 0) {
    keep();
  }
});
document.addEventListener("visibilitychange", () => {
  if (!isSent && (tries > 0 || written() !== kept)) {
    keep();
  }
});
addEventListener("pagehide", () => {
  isGone = true;
  clearTimeout(timer);
  if (!isSent && written() !== kept) {
    navigator.sendBeacon(address, new URLSearchParams(written() + (isNews ? "&again=1" : "")));
  }
});

// --- Coming back -------------------------------------------------------------------------------------------------
function isTyped() {
  return [...form.elements].some((field) =>
    ["radio", "checkbox"].includes(field.type)
      ? field.checked !== field.defaultChecked
      : field.type !== "hidden" && field.value !== (field.defaultValue ?? field.value),
  );
}

addEventListener("pageshow", (event) => {
  const [visit] = performance.getEntriesByType("navigation");
  isSent = isGone = false;
  if (isTyped() && (event.persisted || visit?.type === "back_forward")) {
    isBack = true;
    kept = event.persisted ? kept : ""; // what the browser has typed anew may have been sent, or not
    keep();
  }
});

function fillIn(words) {
  const fields = new URLSearchParams(words);
  for (const field of form.elements) {
    if (["radio", "checkbox"].includes(field.type)) {
      field.checked = fields.getAll(field.name).includes(field.value);
    } else if (["textarea", "text"].includes(field.type) && fields.has(field.name)) {
      field.value = fields.get(field.name);
    }
  }
}

// What an earlier page in this tab could not send: fills in this form's text, and sends another form's without reading it.
for (const name of Object.keys(sessionStorage).filter((key) => key.startsWith("utkast "))) {
  const words = sessionStorage.getItem(name);
  if (name === shelf) {
    fillIn(words);
    keep();
  } else {
    send(name.split(" ")[2], words).then(() => sessionStorage.removeItem(name), () => {});
  }
}
