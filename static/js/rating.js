// The rating page: the open element and the choice "For the element" beside the evidence are one; "Next element" opens
// the next one without a level. Without this script both work by loading the page again.

const form = document.querySelector("[data-rating]");
const choice = document.querySelector("[data-open-element]");
const elements = [...form.querySelectorAll("[data-element]")];

function show(element, { focus = false } = {}) {
  element.open = true;
  choice.value = element.dataset.element;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  element.scrollIntoView({ block: "start", behavior: still ? "auto" : "smooth" });
  if (focus) element.querySelector("input[type=radio]:checked, input[type=radio]")?.focus({ preventScroll: true });
}

for (const element of elements) {
  element.addEventListener("toggle", () => {
    if (element.open) choice.value = element.dataset.element;
  });
}
choice.addEventListener("change", () => {
  const chosen = elements.find((element) => element.dataset.element === choice.value);
  if (chosen) show(chosen);
});

const isRated = (element) => element.querySelector("input[type=radio]:checked") !== null;

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-next]")) return;
  const here = elements.findIndex((element) => element.open);
  const ahead = [...elements.slice(here + 1), ...elements.slice(0, Math.max(0, here))];
  const next = ahead.find((element) => !isRated(element)) ?? (isRated(elements[here] ?? form) ? null : elements[here]);
  if (!next) return;
  event.preventDefault();
  show(next, { focus: true });
});

// A chip that takes evidence away belongs to its own element, whichever is chosen beside.
form.addEventListener("click", (event) => {
  const of = event.target.closest("[data-for]")?.dataset.for;
  if (of) choice.value = of;
});
