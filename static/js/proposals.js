// A sheet of proposals: the keyboard goes down a column, a column from Excel is pasted as a whole, ranks are live.
// The fields themselves are saved by autosave.js; what is pasted goes to a page that shows what would change.

const sheet = document.querySelector("[data-sheet]");
const pasting = document.querySelector("#pasting");

sheet.addEventListener("keydown", (event) => {
  const column = event.target.dataset.column;
  if (!column || event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
  const down = event.key === "ArrowDown" || (event.key === "Enter" && !event.shiftKey);
  const up = event.key === "ArrowUp" || (event.key === "Enter" && event.shiftKey);
  if (!down && !up) return;
  event.preventDefault();
  const fields = [...sheet.querySelectorAll(`[data-column="${column}"]`)];
  const next = fields[fields.indexOf(event.target) + (down ? 1 : -1)];
  next?.focus();
  next?.select();
});

sheet.addEventListener("paste", async (event) => {
  const { column } = event.target.dataset;
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (!column || !/[\t\n]/.test(text.replace(/\r?\n$/, ""))) return; // one value is typed, not taken over
  event.preventDefault();
  pasting.elements.pasted.value = text;
  pasting.elements.start.value = event.target.dataset.revisionKey;
  pasting.elements.field.value = column;
  await allSaved();
  pasting.submit();
});

// What was refused is said beside its field, too: by the keyboard one is rows further by then.
const refused = new Map(); // name of the field -> why

function personOf(name) {
  return name.slice(name.indexOf("-") + 1);
}

function mark(name) {
  const [field, error] = [sheet.elements[name], refused.get(name)];
  field.classList.toggle("cell--bad", Boolean(error));
  if (error) field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
  const person = personOf(name);
  const why = refused.get(`proposed-${person}`) ?? refused.get(`reason-${person}`);
  if (why) document.getElementById(`note-${person}`).textContent = `Not saved. ${why}`;
}

sheet.addEventListener("autosave:refused", (event) => {
  refused.set(event.detail.field, event.detail.error);
  mark(event.detail.field);
});

// The parts of the answer are in place already; ranks of other rows move with this one.
sheet.addEventListener("autosave:saved", (event) => {
  const { answer, field } = event.detail;
  for (const [person, rank] of Object.entries(answer.ranks ?? {})) {
    const cell = document.getElementById(`rank-${person}`);
    if (cell && cell.textContent !== String(rank)) cell.textContent = rank;
  }
  const person = personOf(field);
  refused.delete(field);
  mark(field);
  if (refused.has(`proposed-${person}`) || refused.has(`reason-${person}`)) return;
  const lacksReason = document.getElementById(`note-${person}`).textContent.trim() !== "";
  sheet.elements[`proposed-${person}`].classList.toggle("cell--warn", lacksReason);
});

sheet.addEventListener("submit", (event) => event.preventDefault());

for (const form of document.querySelectorAll("[data-after-saving]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await allSaved();
    const unsaved = sheet.querySelector("[aria-invalid], .conflict");
    if (unsaved) {
      unsaved.scrollIntoView({ block: "center" });
      unsaved.focus();
      return;
    }
    const barred = form.querySelector('[aria-disabled="true"]');
    if (barred) document.getElementById(barred.getAttribute("aria-describedby")).scrollIntoView();
    else form.submit();
  });
}

async function allSaved() {
  const saving = [];
  window.dispatchEvent(new CustomEvent("autosave:flush", { detail: { waitFor: (promise) => saving.push(promise) } }));
  await Promise.all(saving);
}
