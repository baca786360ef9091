/* Wagtail saves drafts by itself while one types, and the site refuses a form that was opened on an
   older version (hub.core.concurrent_edits). Here the form learns which version its own saves made,
   so that nobody is told of oneself; a save by hand waits for the one under way; and after a save
   that was refused, nothing is saved before its person presses the button again. */
const underWay = new WeakSet();
const waiting = new WeakMap();
const leaving = new WeakSet();
const VERSION = { loaded_revision_id: "revision_id", loaded_revision_created_at: "revision_created_at" };

function learnVersion(form, saved) {
  for (const [name, key] of Object.entries(VERSION)) {
    const field = form.elements.namedItem(name);
    if (field && saved[key]) field.value = saved[key];
  }
}

function goOn(form) {
  underWay.delete(form);
  if (!waiting.has(form)) return;
  const button = waiting.get(form);
  waiting.delete(form);
  if (button) button.disabled = false; // one that is disabled would not say what it asks for
  form.requestSubmit(button);
}

document.addEventListener("w-autosave:save", (event) => {
  const form = event.target;
  const wasRefused = form.dataset.wUnsavedForceValue === "true";
  if (wasRefused || leaving.has(form)) event.preventDefault();
  else underWay.add(form);
});

document.addEventListener("w-autosave:success", ({ target, detail }) => {
  learnVersion(target, detail.response);
  goOn(target);
});

document.addEventListener("w-autosave:error", ({ target }) => goOn(target));

document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (underWay.has(form)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      waiting.set(form, event.submitter);
    } else leaving.add(form);
  },
  true,
);
