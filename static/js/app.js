// Small behaviours of every page. Each works on markup that is already usable without it.

import { clearDrafts, countDrafts } from "./drafts.js";

// "/" goes to the search field of the page, or to search.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const search = document.querySelector("main input[type=search]") ?? document.querySelector("[data-search]");
  if (!search) return;
  event.preventDefault();
  if (search instanceof HTMLAnchorElement) search.click();
  else search.focus();
});

// A chosen entry of the phone menu closes it (links within the page would leave it open).
document.addEventListener("click", (event) => {
  const menu = event.target.closest("a")?.closest("[popover]:popover-open");
  menu?.hidePopover();
});

// Messages can be taken away. The button is added here, as it does nothing without this script.
function addDismissButtons(root) {
  for (const notice of root.querySelectorAll("[data-dismissible]:not(:has([data-dismiss]))")) {
    const button = document.querySelector("template[data-part=dismiss]")?.content.firstElementChild.cloneNode(true);
    if (button) notice.append(button);
  }
}
document.addEventListener("click", (event) => {
  const notice = event.target.closest("[data-dismiss]")?.closest("[data-dismissible]");
  if (!notice) return;
  notice.remove();
  document.getElementById("main")?.focus({ preventScroll: true });
});
addDismissButtons(document);

// Picked rows: <form data-picks>, boxes with data-pick, one with data-pick-all, the bar with data-bulk.
function showPicks(form) {
  const boxes = [...form.querySelectorAll("[data-pick]")];
  const picked = boxes.filter((box) => box.checked);
  for (const box of boxes) box.closest("tr")?.classList.toggle("is-picked", box.checked);
  const all = form.querySelector("[data-pick-all]");
  if (all) {
    all.checked = boxes.length > 0 && picked.length === boxes.length;
    all.indeterminate = picked.length > 0 && picked.length < boxes.length;
  }
  const bulk = form.querySelector("[data-bulk]");
  if (!bulk) return;
  bulk.hidden = picked.length === 0;
  bulk.querySelector("[data-picked]").textContent = picked.length.toLocaleString("en-US");
}
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-picks]");
  if (!form) return;
  if (event.target.matches("[data-pick-all]")) {
    for (const box of form.querySelectorAll("[data-pick]")) box.checked = event.target.checked;
  }
  showPicks(form);
});
document.addEventListener("click", (event) => {
  const form = event.target.closest("[data-unpick]")?.closest("form[data-picks]");
  if (!form) return;
  for (const box of form.querySelectorAll("[data-pick]")) box.checked = false;
  showPicks(form);
  form.querySelector("[data-pick-all]")?.focus();
});
document.querySelectorAll("form[data-picks]").forEach(showPicks); // the browser restores boxes on the way back

// Leaving a form that was begun: <form data-unsaved>. Forms that save by themselves need no question.
// "begun": the page came back with what was typed and is not saved yet.
const begun = new Set(document.querySelectorAll('form[data-unsaved="begun"]'));
document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-unsaved]");
  if (form) begun.add(form);
});
document.addEventListener("submit", (event) => begun.delete(event.target));
window.addEventListener("beforeunload", (event) => {
  if ([...begun].some((form) => form.isConnected)) event.preventDefault();
});

// Sign-out takes the texts of this person along: first it saves what is left, then it erases what this computer kept.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("[data-sign-out]")) return;
  event.preventDefault();
  const user = document.body.dataset.user ?? "";
  const savings = [];
  window.dispatchEvent(new CustomEvent("autosave:flush", { detail: { waitFor: (saving) => savings.push(saving) } }));
  await Promise.race([Promise.allSettled(savings), new Promise((resolve) => setTimeout(resolve, 3000))]);
  const left = countDrafts(window.localStorage, user);
  const question = "Text that you wrote is not saved yet, and signing out erases it from this computer. Sign out?";
  if (left > 0 && !window.confirm(question)) return;
  clearDrafts(window.localStorage, user);
  form.submit();
});

// htmx: a whole page in answer to a request for a part (a sign-in page, say) is opened as a page;
// after a swap the focus goes where the new part asks for it.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, target } = event.detail;
  const wholePage = /^\s*<!doctype/i.test(xhr.responseText);
  if (!wholePage || target === document.body) return;
  event.detail.shouldSwap = false;
  if (xhr.status >= 400) return announce("The server could not do this. Nothing was changed.");
  window.location.assign(xhr.responseURL || window.location.href);
});
document.addEventListener("htmx:afterSettle", (event) => {
  addDismissButtons(document);
  const target = event.detail.elt;
  const wanted = target.matches?.("[data-focus]") ? target : target.querySelector?.("[data-focus]");
  wanted?.focus();
  const words = wanted ? "" : (target.dataset?.announce ?? "");
  if (words) announce(words);
});

// What a swap changed, said to screen readers: the new part carries data-announce="12 evaluations".
function announce(words) {
  const region = document.getElementById("announcer");
  if (!region) return;
  region.textContent = "";
  setTimeout(() => (region.textContent = words), 50);
}
document.addEventListener("htmx:sendError", (event) => {
  const polls = event.detail.elt.matches("[hx-trigger^=every]"); // asks again by itself
  if (!polls) announce("No connection. Nothing was changed.");
});
