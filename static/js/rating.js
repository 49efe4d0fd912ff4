// The rating page: the open element, the choice "For the element" beside the evidence and the section in the rail are one;
// "Next element" opens the next one without a level. Without this script both work by loading the page again.

const form = document.querySelector("[data-rating]");
const choice = document.querySelector("[data-open-element]");
const rail = document.getElementById("rail");
const elements = [...form.querySelectorAll("[data-element]")];

function markSection() {
  const heading = elements.find((element) => element.open)?.closest("section").querySelector("h2");
  for (const link of rail.querySelectorAll("a")) {
    if (heading && link.hash === `#${heading.id}`) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

function show(element, { focus = false } = {}) {
  element.open = true;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  element.scrollIntoView({ block: "start", behavior: still ? "auto" : "smooth" });
  if (focus) element.querySelector("input[type=radio]:checked, input[type=radio]")?.focus({ preventScroll: true });
}

for (const element of elements) {
  element.addEventListener("toggle", () => {
    if (element.open) choice.value = element.dataset.element;
    markSection();
  });
}
choice.addEventListener("change", () => {
  const chosen = elements.find((element) => element.dataset.element === choice.value);
  if (chosen) show(chosen);
});
form.addEventListener("autosave:saved", markSection); // the rail came anew with the answer
markSection();

const isRated = (element) => element.querySelector("input[type=radio]:checked") !== null;

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-next]")) return;
  const here = elements.findIndex((element) => element.open);
  const others = [...elements.slice(here + 1), ...elements.slice(0, Math.max(0, here))];
  const next = others.find((element) => !isRated(element));
  if (!next) return;
  event.preventDefault();
  show(next, { focus: true });
});

// A chip that takes evidence away belongs to its own element, whichever is chosen beside.
form.addEventListener("click", (event) => {
  const owner = event.target.closest("[data-for]")?.dataset.for;
  if (owner) choice.value = owner;
});
