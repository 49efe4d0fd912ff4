// A slider beside its field: <input type="range" data-dial="id of the field" hidden>. The field is what is sent.

for (const slider of document.querySelectorAll("input[data-dial]")) {
  const field = document.getElementById(slider.dataset.dial);
  if (!field || field.disabled) continue;
  slider.hidden = false;
  slider.disabled = field.matches(":disabled");
  const decimals = (slider.step.split(".")[1] ?? "").length;
  slider.addEventListener("input", () => {
    field.value = Number(slider.value).toFixed(decimals);
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });
  slider.addEventListener("change", (event) => event.stopPropagation()); // it has no name: nothing of it is sent
  field.addEventListener("input", () => (slider.value = field.value));
}

// What a component gives decides which fields it has: the page is asked for them.
document.querySelector("#dials")?.addEventListener("change", (event) => {
  if (event.target.matches("select[name$=_gives]")) event.target.form.submit();
});
