// Shows what needs passkeys where the browser knows them, and says when one was not used.

if (window.PublicKeyCredential) {
  for (const part of document.querySelectorAll("[data-passkey-only]")) part.hidden = false;
}

document.addEventListener("allauth.error", (event) => {
  const problem = document.querySelector("[data-passkey-problem]");
  if (!problem) return;
  event.preventDefault();
  problem.hidden = false;
});
