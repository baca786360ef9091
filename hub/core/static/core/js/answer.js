// Saves a section as it is typed, and keeps it on the device while the hub cannot be reached. A save
// takes only what the page changed, so that sending one again changes nothing. Without this script
// the button « Continue » does the same.
const form = document.querySelector("[data-answer]");

if (form) {
  const status = form.querySelector("[data-saved]");
  const [seen, shown] = [form.elements.seen, form.elements.shown];
  const store = `answer:${form.dataset.answer}:${location.pathname.replace(/^\/en\//, "/")}`;
  const LATER = [2000, 5000, 15000, 30000];
  let [changes, kept, tries] = [0, 0, 0];
  let timer, closed = false, leaving = false;

  const say = (words, state = "") => {
    if (status.textContent !== words) status.textContent = words;
    status.dataset.state = state;
  };
  const body = () => {
    const data = new URLSearchParams(new FormData(form));
    for (const name of ["csrfmiddlewaretoken", "shown"]) data.delete(name);
    // Files leave with the button alone.
    for (const field of form.querySelectorAll("[type=file]")) data.delete(field.name);
    return data;
  };
  const keep = () => {
    try { localStorage.setItem(store, body()); } catch { /* full, or refused by the browser */ }
  };
  const forget = () => {
    try { localStorage.removeItem(store); } catch { /* nothing was kept */ }
  };
  const plan = (wait) => {
    clearTimeout(timer);
    timer = setTimeout(save, wait);
  };

  const show = (keys) => {
    for (const part of form.querySelectorAll("[data-question]")) part.hidden = !keys.includes(part.dataset.question);
    if (shown) shown.value = keys.join(" ");
  };

  const told = async (answer, mark) => {
    const data = await answer.json();
    if (data.closed) throw new Error("closed");
    seen.value = JSON.stringify(data.seen);
    show(data.shown);
    kept = mark;
    tries = 0;
    if (data.conflicts.length) say(form.dataset.conflict, "conflict");
    else say(data.saved);
    // What is in conflict waits at the hub as well, until somebody chooses.
    if (kept === changes) forget();
    else keep();
  };

  // One at a time: each answer says what the next one starts from.
  let last = Promise.resolve();
  const save = () => (last = last.then(attempt));
  const attempt = async () => {
    if (kept === changes || closed) return;
    const mark = changes;
    const data = body();
    data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    say(form.dataset.saving);
    try {
      const answer = await fetch(form.action, {
        method: "POST", body: data, headers: { Accept: "application/json" }, redirect: "error",
      });
      closed = answer.status === 403 || answer.status === 404;
      if (closed || (!answer.ok && answer.status !== 409)) throw new Error(answer.status);
      await told(answer, mark);
      if (kept !== changes) plan(600);
    } catch {
      keep();
      say(closed ? form.dataset.closed : form.dataset.waiting, "waiting");
      if (!closed) plan(LATER[Math.min(tries++, LATER.length - 1)]);
    }
  };

  const changed = (wait) => {
    changes += 1;
    keep();
    plan(wait);
  };
  const count = (area) => {
    const words = document.getElementById(`${area.id}-count`);
    if (words) words.textContent = words.dataset.words.replace("{n}", (area.dataset.most - area.value.length).toLocaleString(document.documentElement.lang));
  };

  form.addEventListener("input", (event) => {
    if (event.target.dataset.most) count(event.target);
    changed(1500);
  });
  form.addEventListener("change", () => changed(100));
  addEventListener("online", () => { if (kept !== changes) plan(0); });
  addEventListener("beforeunload", (event) => { if (kept !== changes && !leaving) event.preventDefault(); });

  // A button saves first: without a connection the page stays, and nothing that was typed is lost.
  form.addEventListener("submit", async (event) => {
    if (leaving) return;
    event.preventDefault();
    const button = event.submitter;
    const before = shown?.value;
    changes += 1;
    await save();
    if (kept !== changes) return;
    // A question that this very save called for has been seen by nobody: the hub comes back to it.
    if (shown) shown.value = before;
    leaving = true;
    form.requestSubmit(button);
  });
  addEventListener("pageshow", () => { leaving = false; });

  // What an earlier visit could not send comes back into the page, and is sent.
  const bring = (old) => {
    for (const field of form.elements) {
      if (!field.name || ["csrfmiddlewaretoken", "shown"].includes(field.name) || ["submit", "file"].includes(field.type)) continue;
      const values = old.getAll(field.name);
      if (["checkbox", "radio"].includes(field.type)) field.checked = values.includes(field.value);
      else if (values.length) [field.value] = values;
    }
  };
  let old = null;
  try { old = localStorage.getItem(store); } catch { /* refused by the browser */ }
  if (old) {
    bring(new URLSearchParams(old));
    changed(0);
  }
  for (const area of form.querySelectorAll("[data-most]")) count(area);
  document.querySelector(".notice--error[autofocus]")?.focus();
}
