// A slot's form is sent without leaving the page, so that a slow line shows how far it is
// and a line that drops loses nothing. Without this script the form is an ordinary one.
"use strict";

const say = (form, text, isError) => {
  const place = form.querySelector("[data-upload-says]");
  place.textContent = text;
  place.classList.toggle("text-danger", Boolean(isError));
};

const tooBig = (form) => {
  const input = form.querySelector("input[type=file]");
  if (!input) return false;
  const { maxBytes, maxPicture } = input.dataset; // a picture is reduced once it is received
  return [...input.files].some((file) => file.size > Number(file.type.startsWith("image/") ? maxPicture : maxBytes));
};

const show = (html, address, slot) => {
  const page = new DOMParser().parseFromString(html, "text/html");
  const main = page.querySelector("main");
  if (!main || !page.getElementById(slot)) {
    location.assign(address); // signed out meanwhile, or the campaign has closed
    return;
  }
  document.querySelector("main").replaceWith(document.adoptNode(main));
  document.title = page.title;
  const place = document.getElementById(slot);
  place.setAttribute("tabindex", "-1");
  place.focus({ preventScroll: true });
};

const send = (form, button) => {
  const slot = form.dataset.upload;
  const words = form.querySelector("[data-upload-says]").dataset;
  const request = new XMLHttpRequest();
  const data = new FormData(form);
  if (button?.name) data.append(button.name, button.value);
  request.open("POST", form.action);
  request.upload.addEventListener("progress", ({ loaded, total }) =>
    say(form, words.sending.replace("{}", Math.round((100 * loaded) / total))),
  );
  request.upload.addEventListener("load", () => say(form, words.checking));
  request.addEventListener("load", () => show(request.responseText, request.responseURL, slot));
  request.addEventListener("error", () => {
    form.removeAttribute("aria-busy");
    say(form, words.dropped, true);
  });
  form.setAttribute("aria-busy", "true");
  say(form, words.sending.replace("{}", 0));
  request.send(data);
};

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-upload]") || event.submitter?.hasAttribute("formaction")) return;
  event.preventDefault();
  if (form.getAttribute("aria-busy") === "true") return;
  if (tooBig(form)) say(form, form.querySelector("[data-upload-says]").dataset.tooBig, true);
  else send(form, event.submitter);
});

const dropPlace = (event) => event.target.closest?.("form[data-upload]");

document.addEventListener("dragover", (event) => {
  if (dropPlace(event)?.querySelector("input[type=file]")) event.preventDefault();
});

document.addEventListener("drop", (event) => {
  const input = dropPlace(event)?.querySelector("input[type=file]");
  if (!input || !event.dataTransfer.files.length) return;
  event.preventDefault();
  input.files = event.dataTransfer.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
});

document.addEventListener("change", (event) => {
  const form = event.target.form;
  if (!event.target.matches("form[data-upload] input[type=file]")) return;
  const words = form.querySelector("[data-upload-says]").dataset;
  if (tooBig(form)) say(form, words.tooBig, true);
  else say(form, words.chosen);
});
