/** The proof of work of a form: Altcha’s, found by counting, while the visitor fills in the fields. */

const AT_ONCE = 400;
const words = new TextEncoder();

async function digest(text, algorithm) {
  const bytes = new Uint8Array(await crypto.subtle.digest(algorithm, words.encode(text)));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The number whose digest is that of the challenge; undefined when there is none. */
async function found({ algorithm, challenge, salt, maxnumber, max_number: most = maxnumber }) {
  for (let start = 0; start <= most; start += AT_ONCE) {
    const numbers = Array.from({ length: AT_ONCE }, (_, index) => start + index);
    const digests = await Promise.all(numbers.map((n) => digest(`${salt}${n}`, algorithm)));
    const place = digests.indexOf(challenge);
    if (place >= 0) return start + place;
  }
  return undefined;
}

async function work(field) {
  const task = JSON.parse(field.dataset.work);
  const number = await found(task);
  if (number === undefined) return;
  const { algorithm, challenge, salt, signature } = task;
  field.value = btoa(JSON.stringify({ algorithm, challenge, number, salt, signature }));
}

for (const form of document.querySelectorAll("[data-work-form]")) {
  const field = form.querySelector("[data-work]");
  if (!field || !globalThis.crypto?.subtle) continue;
  const done = work(field).catch(() => {});
  let isDone = false;
  done.then(() => (isDone = true));
  form.addEventListener("submit", async (event) => {
    if (isDone) return;
    event.preventDefault();
    form.querySelector("[data-work-status]").textContent = form.dataset.working;
    await done;
    form.submit();
  });
}
