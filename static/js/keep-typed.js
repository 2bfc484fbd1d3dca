// What is typed in a form[data-keep] and not saved yet is kept in this tab, and offered back:
// a session may end, a line may drop, a laptop may sleep on the last evening.
"use strict";

const PREFIX = "typed:";
const ONE_DAY = 24 * 60 * 60 * 1000;

const fieldsOf = (form) =>
  [...form.elements].filter(
    (field) => field.name && !["hidden", "file", "submit", "button", "password"].includes(field.type),
  );

const read = (form) =>
  Object.fromEntries(
    fieldsOf(form)
      .filter((field) => !["checkbox", "radio"].includes(field.type))
      .map((field) => [field.name, field.value])
      .concat(
        fieldsOf(form)
          .filter((field) => ["checkbox", "radio"].includes(field.type))
          .map((field) => [`${field.name}=${field.value}`, field.checked]),
      ),
  );

const write = (form, values) => {
  for (const field of fieldsOf(form)) {
    const isTicked = ["checkbox", "radio"].includes(field.type);
    const kept = values[isTicked ? `${field.name}=${field.value}` : field.name];
    if (kept === undefined) continue;
    if (isTicked) field.checked = kept;
    else field.value = kept;
  }
};

const load = (key) => {
  try {
    return JSON.parse(sessionStorage.getItem(key));
  } catch {
    return null; // storage refused by the browser, or not ours
  }
};

const save = (key, kept) => {
  try {
    sessionStorage.setItem(key, JSON.stringify(kept));
  } catch {
    // Full or refused: the page works all the same.
  }
};

const offer = (form, key, kept) => {
  const box = document.querySelector("[data-keep-offer]");
  if (!box) return;
  box.hidden = false;
  box.querySelector("[data-keep-restore]").addEventListener("click", () => {
    write(form, kept.values);
    box.hidden = true;
    fieldsOf(form)[0]?.focus();
  });
  box.querySelector("[data-keep-forget]").addEventListener("click", () => {
    sessionStorage.removeItem(key);
    box.hidden = true;
    fieldsOf(form)[0]?.focus();
  });
};

for (const form of document.querySelectorAll("form[data-keep]")) {
  const key = PREFIX + (form.dataset.keepAt ?? location.pathname); // an act may answer at its own address
  const stamp = form.dataset.keep;
  const kept = load(key);
  const shown = JSON.stringify(read(form));
  if (kept) {
    const wasSaved = kept.sent && kept.stamp !== stamp;
    const isAnswered = kept.sent && form.hasAttribute("data-keep-answered");
    const isOld = Date.now() - kept.at > ONE_DAY;
    if (wasSaved || isAnswered || isOld || JSON.stringify(kept.values) === shown) sessionStorage.removeItem(key);
    else offer(form, key, kept);
  }
  const remember = (sent) => save(key, { stamp, sent, at: Date.now(), values: read(form) });
  form.addEventListener("input", () => remember(false));
  form.addEventListener("submit", () => remember(true));
}

// The server showed what was sent and did not save it: it is offered back on the page of the form.
for (const refused of document.querySelectorAll("[data-keep-refused]")) {
  const key = PREFIX + refused.dataset.keepRefused;
  const kept = load(key);
  if (kept) save(key, { ...kept, sent: false });
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("form[action$='/logout/']")) return;
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
});
