// Adds to « Ma sélection » without leaving the page. Without this script the same form reloads it.
const form = document.querySelector("#selection-form");

if (form) {
  const status = form.querySelector("[role=status]");
  const count = document.querySelector("[data-selection-count]");
  let hiding;

  const tell = (message) => {
    status.textContent = message;
    clearTimeout(hiding);
    hiding = setTimeout(() => { status.textContent = ""; }, 8000);
  };

  const show = ({ items, count: number, message }) => {
    count.textContent = number;
    count.hidden = !number;
    for (const button of document.querySelectorAll("[data-select]")) {
      const chosen = items.includes(button.value);
      button.name = chosen ? "remove" : "add";
      button.querySelector("[data-select-words]").textContent = chosen ? form.dataset.remove : form.dataset.add;
    }
    tell(message);
  };

  const change = async (body) => {
    try {
      const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(answer.status);
      show(await answer.json());
    } catch {
      tell(form.dataset.failed);
    }
  };

  // One at a time: each answer brings the list that the next change starts from.
  let last = Promise.resolve();

  form.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!button?.matches("[data-select]")) return;
    event.preventDefault();
    const body = new URLSearchParams([[button.name, button.value]]);
    last = last.then(() => change(body));
  });
}
