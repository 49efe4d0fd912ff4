// Saves a form field by field while it is written, and loses nothing.
//
//   <form data-autosave="/evaluations/12/save" data-autosave-form="evaluation-12">
//     {% csrf_token %} <textarea name="comment" data-revision="7">…</textarea>
//   </form>
//   {% include "components/saved.html" with sign_in_url=… %}          once on the page
//
// The page names the person in <body data-user="…">. Every named field is saved, but hidden ones, files, buttons and
// those with data-autosave="off". Fields that share data-revision-key share one revision.
//
// Request   POST, form-encoded: field, value, revision; header X-CSRFToken. value is "" for nothing chosen.
// Answers   200 {revision, saved_at, parts}    accepted; parts: {"#score": "<html>"} replaces what stands inside
//           409 {revision, value, saved_at}    someone else wrote this field since `revision`: shown side by side
//           4xx {error}                        refused for good, in words; the text stays on this computer
//           a redirect, or 401/403 in HTML     signed out: the text stays, a link leads to sign-in in a new tab
//           no answer, 5xx                     no connection: tried again after 2, 4, 8 … 30 s and when it is back
//
// Each keystroke is first kept in localStorage (drafts.js) with the revision that it rests on, then sent after a second
// without typing, or after three in any case; choices are sent at once. See docs/look.md.

import { draftKey, draftsOf, dropDraft, dropOldDrafts, keepDraft } from "./drafts.js";

const QUIET = 1000;
const AT_MOST = 3000;
const FIRST_RETRY = 2000;
const LAST_RETRY = 30000;

export class Autosave {
  constructor(form, { storage = window.localStorage, fetch = window.fetch.bind(window) } = {}) {
    this.form = form;
    this.storage = storage;
    this.fetch = fetch;
    this.user = document.body.dataset.user ?? "";
    this.name = form.dataset.autosaveForm || form.dataset.autosave;
    this.tab = tabName();
    this.status = new Status();
    this.fields = new Map(); // name -> {name, saved, revisionKey, dirtySince, changedAt, state, keys}
    this.revisions = new Map();
    this.sending = null;
    this.retryAfter = FIRST_RETRY;
    this.stopped = false;
    this.collectFields();
    this.restoreDrafts();
    this.listen();
  }

  // Fields and their values

  collectFields() {
    for (const element of this.form.elements) {
      const { name, type } = element;
      if (!name || this.fields.has(name) || element.dataset.autosave === "off") continue;
      if (["hidden", "file", "submit", "button", "reset", "fieldset", "password"].includes(type)) continue;
      const revisionKey = element.dataset.revisionKey ?? name;
      if (!this.revisions.has(revisionKey)) this.revisions.set(revisionKey, element.dataset.revision ?? "");
      this.fields.set(name, { name, revisionKey, saved: this.value(name), state: "saved", keys: new Set() });
    }
  }

  value(name) {
    const element = this.form.elements[name];
    if (element instanceof RadioNodeList) return element.value;
    if (element.type === "checkbox") return element.checked ? element.value : "";
    if (element.type === "radio") return element.checked ? element.value : "";
    return element.value;
  }

  setValue(name, value) {
    const element = this.form.elements[name];
    if (element.type === "checkbox" || element.type === "radio") element.checked = value === element.value;
    else if (element instanceof RadioNodeList && value === "") element.forEach((radio) => (radio.checked = false));
    else element.value = value;
    const target = element instanceof RadioNodeList ? element[0] : element;
    target.dispatchEvent(new CustomEvent("autosave:restored", { bubbles: true }));
  }

  // Writing

  changed(name, { atOnce = false } = {}) {
    const field = this.fields.get(name);
    if (!field) return;
    const now = Date.now();
    field.changedAt = now;
    field.dirtySince ??= now;
    field.atOnce = atOnce;
    if (field.state === "conflict") {
      field.conflict.querySelector("[data-mine]").textContent = this.words(name, this.value(name));
    } else {
      field.state = "dirty";
    }
    this.keep(field);
    this.schedule();
  }

  keep(field) {
    const key = draftKey(this.user, this.name, field.name, this.tab);
    field.keys.add(key);
    const draft = { value: this.value(field.name), base: field.saved, at: Date.now() };
    field.kept = keepDraft(this.storage, key, { ...draft, revision: this.revisions.get(field.revisionKey) });
  }

  schedule() {
    clearTimeout(this.timer);
    if (this.sending || this.stopped) return;
    const due = [...this.fields.values()].filter((field) => field.state === "dirty").map((field) => this.dueAt(field));
    if (due.length) this.timer = setTimeout(() => this.send(), Math.max(0, Math.min(...due) - Date.now()));
  }

  dueAt(field) {
    if (field.atOnce) return 0;
    return Math.min(field.changedAt + QUIET, field.dirtySince + AT_MOST);
  }

  // Sending, one request at a time, so that a later text never overtakes an earlier one

  send({ keepalive = false } = {}) {
    const dirty = [...this.fields.values()].filter((field) => field.state === "dirty");
    if (this.sending || this.stopped || !dirty.length) return this.sending ?? Promise.resolve();
    const field = dirty.sort((one, other) => this.dueAt(one) - this.dueAt(other))[0];
    field.dirtySince = undefined;
    field.atOnce = false;
    this.status.saving();
    this.sending = this.post(field, keepalive).finally(() => {
      this.sending = null;
      this.schedule();
    });
    return this.sending;
  }

  async post(field, keepalive) {
    const sent = this.value(field.name);
    const revision = this.revisions.get(field.revisionKey);
    let response;
    try {
      response = await this.fetch(this.form.dataset.autosave, {
        method: "POST",
        body: new URLSearchParams({ field: field.name, value: sent, revision }),
        headers: { "X-CSRFToken": this.csrfToken(), Accept: "application/json" },
        credentials: "same-origin",
        redirect: "manual",
        keepalive,
      });
    } catch {
      return this.noConnection(field);
    }
    if (response.status >= 500) return this.noConnection(field);
    const answer = await readJson(response);
    if (response.ok && answer) return this.accepted(field, sent, answer);
    if (response.status === 409 && answer) return this.refusedAsOld(field, sent, answer);
    if (answer?.error) return this.refused(field, answer.error);
    return this.signedOut(field);
  }

  csrfToken() {
    return this.form.elements.csrfmiddlewaretoken?.value ?? "";
  }

  // Answers

  accepted(field, sent, answer) {
    this.retryAfter = FIRST_RETRY;
    this.triedNewToken = false;
    this.setRevision(field, answer.revision);
    field.saved = sent;
    if (this.value(field.name) === sent) {
      field.state = "saved";
      this.dropDrafts(field);
    } else {
      field.dirtySince ??= Date.now();
      this.keep(field);
    }
    for (const [selector, html] of Object.entries(answer.parts ?? {})) replaceInside(selector, html);
    if (!this.pending) this.status.saved(answer.saved_at);
    this.form.dispatchEvent(new CustomEvent("autosave:saved", { bubbles: true, detail: { field: field.name, answer } }));
  }

  // A page whose buttons send the whole form carries each revision in a hidden field, too.
  setRevision(field, revision) {
    this.revisions.set(field.revisionKey, String(revision));
    const hidden = this.form.elements[`revision-${field.revisionKey}`];
    if (hidden) hidden.value = revision;
  }

  refusedAsOld(field, sent, answer) {
    const value = answer.value.replaceAll("\r\n", "\n");
    if (value === sent) return this.accepted(field, sent, answer);
    this.showConflict(field, { ...answer, value });
  }

  refused(field, error) {
    field.state = "refused"; // until it is changed
    this.status.refused(error);
    this.form.dispatchEvent(new CustomEvent("autosave:refused", { bubbles: true, detail: { field: field.name, error } }));
  }

  noConnection(field) {
    field.dirtySince = Date.now() + this.retryAfter - AT_MOST;
    field.changedAt = Date.now() + this.retryAfter - QUIET;
    this.retryAfter = Math.min(this.retryAfter * 2, LAST_RETRY);
    this.status.offline(field.kept);
  }

  async signedOut(field) {
    // After a new sign-in in another tab the session is there again, with a new CSRF token: fetch it from this page.
    const page = await this.fetchPage();
    const token = page?.querySelector("input[name=csrfmiddlewaretoken]")?.value;
    if (token && page.body.dataset.user === this.user) {
      if (this.triedNewToken) return this.refused(field, "Kept on this computer. Load the page again.");
      this.triedNewToken = true;
      for (const input of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) input.value = token;
      field.atOnce = true;
      return;
    }
    if (page?.body.dataset.user && page.body.dataset.user !== this.user) {
      this.stopped = true; // someone else has signed in here: his session must not carry this text
      this.status.otherPerson();
      return;
    }
    this.noConnection(field);
    this.status.signedOut(field.kept);
  }

  async fetchPage() {
    try {
      const response = await this.fetch(window.location.href, { credentials: "same-origin", redirect: "manual" });
      if (!response.ok) return null;
      return new DOMParser().parseFromString(await response.text(), "text/html");
    } catch {
      return null;
    }
  }

  dropDrafts(field) {
    for (const key of field.keys) dropDraft(this.storage, key);
    field.keys.clear();
  }

  get pending() {
    return [...this.fields.values()].some((field) => ["dirty", "conflict", "refused"].includes(field.state));
  }

  // What an earlier visit could not save

  restoreDrafts() {
    dropOldDrafts(this.storage);
    for (const field of this.fields.values()) {
      for (const draft of draftsOf(this.storage, this.user, this.name, field.name)) {
        if (draft.value === field.saved) dropDraft(this.storage, draft.key);
        else if (field.state === "saved") this.restore(field, draft);
      }
    }
    this.schedule();
  }

  restore(field, draft) {
    const revision = this.revisions.get(field.revisionKey);
    const theirs = { value: field.saved, revision };
    field.keys.add(draft.key);
    this.setValue(field.name, draft.value);
    field.kept = true;
    field.changedAt = field.dirtySince = Date.now();
    if (draft.revision === revision || draft.base === field.saved) Object.assign(field, { state: "dirty", atOnce: true });
    else this.showConflict(field, theirs);
  }

  // Two windows wrote one field

  showConflict(field, theirs) {
    field.state = "conflict";
    const element = this.form.elements[field.name];
    const place = element instanceof RadioNodeList ? (element[0].closest("fieldset") ?? element[0]) : element;
    field.conflict?.remove();
    const shown = copyOfTemplate("conflict");
    const row = place.closest("tr");
    const whole = (field.conflict = row ? rowBelow(row, shown) : shown); // two texts need more than a cell's width
    shown.querySelector("[data-mine]").textContent = this.words(field.name, this.value(field.name));
    shown.querySelector("[data-theirs]").textContent = this.words(field.name, theirs.value);
    for (const part of shown.querySelectorAll("[data-theirs-at]")) {
      part.textContent = theirs.saved_at ? ` at ${theirs.saved_at}` : "";
    }
    shown.addEventListener("click", (event) => {
      const choice = event.target.closest("[data-keep]")?.dataset.keep;
      if (!choice) return;
      this.setRevision(field, theirs.revision);
      field.saved = theirs.value;
      if (choice === "theirs") {
        this.setValue(field.name, theirs.value);
        field.state = "saved";
        this.dropDrafts(field);
      } else {
        field.state = "dirty";
        this.changed(field.name, { atOnce: true });
      }
      whole.remove();
      place.focus?.();
      if (!this.pending) this.status.clear();
    });
    (row ?? place).after(whole);
    this.status.conflict();
  }

  // A level is shown by its words, a text by itself
  words(name, value) {
    const element = this.form.elements[name];
    const options = element instanceof RadioNodeList ? [...element] : [];
    const option = options.find((radio) => radio.value === value);
    return option?.closest("label")?.innerText ?? option?.labels?.[0]?.innerText ?? value;
  }

  // Listening

  listen() {
    this.form.addEventListener("input", (event) => {
      const atOnce = ["radio", "checkbox", "select-one", "date"].includes(event.target.type);
      this.changed(event.target.name, { atOnce });
    });
    this.form.addEventListener("submit", (event) => this.submitted(event));
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) window.location.reload(); // gone back to: what was sent with the form stands on record
    });
    const again = () => {
      this.retryAfter = FIRST_RETRY;
      this.send();
    };
    window.addEventListener("online", again);
    window.addEventListener("focus", again);
    document.addEventListener("visibilitychange", () => this.send({ keepalive: document.hidden }));
    window.addEventListener("pagehide", () => this.send({ keepalive: true }));
    window.addEventListener("autosave:flush", (event) => event.detail.waitFor(this.flush()));
  }

  // A button that sends the whole form takes over; what is under way must have arrived before.
  submitted(event) {
    this.stopped = true;
    if (!this.sending) return;
    event.preventDefault();
    if (this.waiting) return;
    // The answer may replace the pressed button, so its value goes along by itself.
    const { name = "", value = "" } = event.submitter ?? {};
    this.form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
    this.waiting = this.sending.finally(() => this.form.requestSubmit());
  }

  async flush() {
    while (this.sending || [...this.fields.values()].some((field) => field.state === "dirty")) {
      const before = this.retryAfter;
      await (this.sending ?? this.send());
      if (this.retryAfter > before || this.stopped) return;
    }
  }
}

// The saved-at mark: all see it change, screen readers hear only what is new
class Status {
  constructor() {
    this.place = document.querySelector("[data-autosave-status]");
    this.kind = "";
  }

  show(kind, words = "") {
    if (!this.place) return;
    const mark = copyOfTemplate(kind);
    const text = mark.querySelector("[data-words]");
    if (text && words) text.textContent = words;
    const shown = this.place.querySelector("[data-shown]");
    shown.className = mark.className;
    shown.replaceChildren(...mark.childNodes);
    if (kind === "saving" || (kind === this.kind && kind === "saved")) return;
    this.place.querySelector("[data-heard]").textContent = words;
    this.kind = kind;
  }

  saving() {
    this.show("saving");
  }

  saved(at) {
    this.show("saved", `Saved at ${at || clock()}`);
  }

  offline(kept) {
    this.show("offline", kept ? `No connection. Kept on this computer, ${clock()}` : NOT_KEPT);
  }

  signedOut(kept) {
    this.show("signed-out", kept ? "Signed out. Kept on this computer." : NOT_KEPT);
  }

  otherPerson() {
    this.show("refused", "Someone else has signed in here. Your text waits until you sign in again.");
  }

  refused(error) {
    this.show("refused", `Not saved. ${error}`);
  }

  conflict() {
    this.show("refused", "Changed in another window. Choose which text to keep.");
  }

  clear() {
    this.place?.querySelector("[data-shown]").replaceChildren();
  }
}

const NOT_KEPT = "Not saved, and this browser keeps nothing. Copy your text before you close the page.";

function copyOfTemplate(kind) {
  return document.querySelector(`template[data-autosave-part="${kind}"]`).content.firstElementChild.cloneNode(true);
}

function rowBelow(row, shown) {
  const below = Object.assign(document.createElement("tr"), { className: "row-note" });
  const cell = Object.assign(document.createElement("td"), { className: "wide" });
  cell.colSpan = [...row.cells].reduce((count, each) => count + each.colSpan, 0);
  cell.append(shown);
  below.append(cell);
  return below;
}

function replaceInside(selector, html) {
  const target = document.querySelector(selector);
  if (!target) return;
  target.innerHTML = html;
  window.htmx?.process(target);
}

async function readJson(response) {
  if (!response.headers.get("Content-Type")?.startsWith("application/json")) return null;
  try {
    return await response.json();
  } catch {
    return null;
  }
}

function clock(date = new Date()) {
  const two = (number) => String(number).padStart(2, "0");
  const half = date.getHours() < 12 ? "a.m." : "p.m.";
  return `${date.getHours() % 12 || 12}:${two(date.getMinutes())}:${two(date.getSeconds())} ${half}`;
}

function tabName() {
  try {
    return (window.sessionStorage.tab ??= crypto.randomUUID?.() ?? String(Math.random()));
  } catch {
    return "tab";
  }
}

for (const form of document.querySelectorAll("form[data-autosave]")) form.autosave = new Autosave(form);
