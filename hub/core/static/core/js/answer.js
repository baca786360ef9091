// Saves a section as it is typed, and keeps it on the device while the hub cannot be reached. A save
// takes only what the page changed, so that sending one again changes nothing. Without this script
// the button « Continue » does the same.
const form = document.querySelector("[data-answer]");

if (form) {
  const status = form.querySelector("[data-saved]");
  const [seen, shown] = [form.elements.seen, form.elements.shown];
  // Each page keeps its own words: two tabs of one browser must not write over each other.
  const place = `answer:${form.dataset.answer}:${location.pathname.replace(/^\/en\//, "/")}:`;
  const own = () => place + form.elements.page_name.value;
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
    try { localStorage.setItem(own(), body()); } catch { /* full, or refused by the browser */ }
  };
  const forget = () => {
    try { localStorage.removeItem(own()); } catch { /* nothing was kept */ }
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
  const send = (data) => {
    data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    return fetch(form.action, {
      method: "POST", body: data, headers: { Accept: "application/json" }, redirect: "error",
    });
  };
  const attempt = async () => {
    if (kept === changes || closed) return;
    const mark = changes;
    say(form.dataset.saving);
    try {
      const answer = await send(body());
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
    if (!words) return;
    const left = area.dataset.most - [...area.value].length;  // as the hub counts: a smiley is one sign
    const told = left < 0 ? words.dataset.over : words.dataset.words;
    words.textContent = told.replace("{n}", Math.abs(left).toLocaleString(document.documentElement.lang));
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
  let old = [];
  try { old = Object.keys(localStorage).filter((key) => key.startsWith(place)).sort(); } catch { /* refused by the browser */ }
  if (old.length) {
    bring(new URLSearchParams(localStorage.getItem(old.pop())));
    changed(0);
  }
  // Those of other tabs are sent as they are: the hub keeps both texts where they differ.
  for (const key of old) {
    last = last.then(() => send(new URLSearchParams(localStorage.getItem(key)))).then(
      (answer) => { if (answer.ok || answer.status === 409) localStorage.removeItem(key); },
      () => { /* stays here for the next visit */ },
    );
  }
  for (const area of form.querySelectorAll("[data-most]")) count(area);
  document.querySelector(".notice--error[autofocus]")?.focus();
}
