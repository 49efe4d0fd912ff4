// Text that the server has not accepted yet, kept in this browser.
// A draft belongs to one person, form, field and tab; it is gone once the server has it, at sign-out, and after 30 days.

const PREFIX = "county-hr-draft";
const KEPT_FOR = 30 * 24 * 3600 * 1000;

export function draftKey(user, form, field, tab) {
  return [PREFIX, user, form, field, tab].map(encodeURIComponent).join("|");
}

// Draft: {value, revision, base, at}. False where the browser refuses to store it (full, or storage switched off).
export function keepDraft(storage, key, draft) {
  try {
    storage.setItem(key, JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

export function dropDraft(storage, key) {
  try {
    storage.removeItem(key);
  } catch {
    // nothing was kept, so nothing is left behind
  }
}

// All drafts of a field, of every tab, newest first: [{key, value, revision, base, at}]
export function draftsOf(storage, user, form, field, now = Date.now()) {
  const start = draftKey(user, form, field, "");
  return keysOf(storage)
    .filter((key) => key.startsWith(start))
    .map((key) => ({ key, ...read(storage, key) }))
    .filter((draft) => typeof draft.value === "string" && now - draft.at < KEPT_FOR)
    .sort((one, other) => other.at - one.at);
}

export function countDrafts(storage, user) {
  return keysOf(storage).filter((key) => key.startsWith(personPrefix(user))).length;
}

export function clearDrafts(storage, user) {
  for (const key of keysOf(storage)) if (key.startsWith(personPrefix(user))) dropDraft(storage, key);
}

export function dropOldDrafts(storage, now = Date.now()) {
  for (const key of keysOf(storage)) {
    if (!key.startsWith(`${PREFIX}|`)) continue;
    const draft = read(storage, key);
    if (!(now - draft.at < KEPT_FOR)) dropDraft(storage, key);
  }
}

function personPrefix(user) {
  return `${PREFIX}|${encodeURIComponent(user)}|`;
}

function keysOf(storage) {
  try {
    return Array.from({ length: storage.length }, (_, index) => storage.key(index));
  } catch {
    return [];
  }
}

function read(storage, key) {
  try {
    return JSON.parse(storage.getItem(key)) ?? {};
  } catch {
    return {};
  }
}
