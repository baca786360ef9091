// Writes « Affichée seulement si » from three choices: a question by its words, a comparison, an
// answer. The words stand in the page (reports/admin/conditions.html); without this script, or
// beside it, the expression is typed.
const KINDS = {
  integer: "number", decimal: "number", amount: "number", duration: "number", scale: "number",
  date: "date", time: "time", yes_no: "yes_no", choice: "choice", choices: "several",
  ranking: "several",
};

// The fields of the form by their names, read once each time that a condition is composed: asking
// the page for one name after the other takes seconds with sixty questions.
let fields = new Map();
const field = (name) => fields.get(name);
const text = (name) => field(name)?.value.trim() ?? "";

// The blocks of a stream that are not deleted, in their order: their place counts, not their name.
function blocks(prefix) {
  const found = [];
  for (let number = 0; number < Number(text(`${prefix}-count`)); number += 1) {
    const name = `${prefix}-${number}`;
    if (text(`${name}-deleted`)) continue;
    found.push({ value: `${name}-value`, type: text(`${name}-type`), order: Number(text(`${name}-order`)) });
  }
  return found.sort((one, other) => one.order - other.order);
}

const listed = (prefix) =>
  blocks(prefix).map(({ value }) => ({ key: text(`${value}-key`), label: text(`${value}-label_fr`) }));

// What can stand on the left of a comparison: a question, or each cell of a table.
function places({ value, type }) {
  const key = text(`${value}-key`);
  const label = text(`${value}-label_fr`) || key;
  const options = listed(`${value}-options`);
  const whole = { path: key, label, kind: KINDS[type] ?? "any", options };
  if (type === "consent") whole.kind = options.length ? "choice" : "yes_no";
  if (type === "choice" || type === "choices") {
    if (field(`${value}-other`)?.checked) options.push({ key: "autre", other: true });
  }
  if (type !== "matrix") return [whole];
  return [whole, ...cells(value, key, label)];
}

function cells(value, key, label) {
  const columns = listed(`${value}-columns`);
  const named = (row, more, rest) => ({ path: `${key}.${row.key}${more}`, label: `${label} – ${row.label}`, ...rest });
  return listed(`${value}-rows`).flatMap((row) => {
    if (text(`${value}-cell`) === "choice") return [named(row, "", { kind: "choice", options: columns })];
    return columns.map((column) => {
      const cell = named(row, `.${column.key}`, { kind: "number" });
      return { ...cell, label: `${cell.label}, ${column.label}` };
    });
  });
}

// By section: what stands before the field; for a rule, its own question and rows as well.
function reachable(name, rowWords) {
  const [, section, question] = name.match(/^sections-(\d+)-value(?:-questions-(\d+)-value)?/);
  const isRule = name.endsWith("-check");
  const own = `sections-${section}-value`;
  const self = question === undefined ? "" : `${own}-questions-${question}-value`;
  const groups = [];
  for (const part of blocks("sections")) {
    if (part.value === own && !self) break;
    const found = { label: text(`${part.value}-title_fr`), places: [] };
    groups.push(found);
    for (const asked of blocks(`${part.value}-questions`)) {
      if (asked.value === self && !isRule) return groups;
      if (asked.type !== "statement") found.places.push(...places(asked));
      if (asked.value !== self) continue;
      if (asked.type === "matrix" && text(`${self}-cell`) !== "choice") {
        for (const { key, label } of listed(`${self}-columns`)) {
          found.places.unshift({ path: `row.${key}`, label: `${rowWords} – ${label}`, kind: "number" });
        }
      }
      return groups;
    }
  }
  return groups;
}

const { Controller } = window.StimulusModule;

class Condition extends Controller {
  connect() {
    const words = document.getElementById("condition-picker");
    if (!words || this.box) return;
    this.box = words.content.firstElementChild.cloneNode(true);
    this.element.after(this.box);
    this.part = (name) => this.box.querySelector(`[data-part="${name}"]`);
    this.words = words.dataset;
    this.comparisons = [...this.part("comparison").options];
    for (const label of this.box.querySelectorAll("label[data-of]")) {
      const part = this.part(label.dataset.of);
      part.id = `${this.element.id}-${label.dataset.of}`;
      label.htmlFor = part.id;
    }
    this.part("open").setAttribute("aria-describedby", `${this.element.id}-label`);
    this.part("open").addEventListener("click", () => this.toggle());
    this.part("close").addEventListener("click", () => this.toggle(false));
    this.part("insert").addEventListener("click", () => this.insert());
    this.part("question").addEventListener("change", () => this.chooseQuestion());
    this.part("comparison").addEventListener("change", () => this.chooseComparison());
    this.part("panel").addEventListener("keydown", (event) => this.key(event));
  }

  disconnect() {
    this.box?.remove();
    this.box = null;
  }

  key(event) {
    if (event.key === "Escape") this.toggle(false);
    else if (event.key === "Enter" && !event.target.matches("button")) this.insert();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  toggle(open = this.part("panel").hidden) {
    this.part("panel").hidden = !open;
    this.part("open").setAttribute("aria-expanded", String(open));
    if (!open) {
      this.part("open").focus();
      return;
    }
    this.show();
  }

  show() {
    fields = new Map([...this.element.form.elements].map((one) => [one.name, one]));
    this.groups = reachable(this.element.name, this.words.row);
    this.all = this.groups.flatMap(({ places: found }) => found);
    const none = !this.all.some(({ path }) => path);
    this.part("none").hidden = !none;
    this.part("choices").hidden = none;
    this.part("joining").hidden = !this.element.value.trim();
    this.fill(this.part("question"), this.groups);
    this.chooseQuestion();
    (none ? this.part("close") : this.part("question")).focus();
  }

  fill(select, groups, keep = () => true) {
    select.replaceChildren(...groups.flatMap(({ label, places: found }) => {
      const kept = found.filter(keep);
      if (!kept.length) return [];
      const group = document.createElement("optgroup");
      group.label = label;
      group.append(...kept.map((place) => this.option(place)));
      return [group];
    }));
  }

  // A question that has no key yet gets it when the draft is saved.
  option({ path, label }) {
    const option = new Option(path ? label : `${label} (${this.words.unsaved})`, path);
    option.disabled = !path;
    return option;
  }

  get chosen() {
    return this.all.find(({ path }) => path && path === this.part("question").value);
  }

  chooseQuestion() {
    const kind = this.chosen?.kind ?? "any";
    const fitting = this.comparisons.filter(({ dataset }) => dataset.for.split(" ").some((one) => one === kind || one === "any"));
    this.part("comparison").replaceChildren(...fitting);
    this.part("comparison").selectedIndex = 0;
    this.chooseComparison();
  }

  chooseComparison() {
    const { kind, options = [], path } = this.chosen ?? { kind: "any" };
    const pattern = this.part("comparison").value;
    const hasValue = pattern.includes("{v}");
    const several = pattern.includes("({v})");
    const isTyped = ["number", "date", "time"].includes(kind);
    const show = (name, shown) => { this.part(name).hidden = !shown; };
    show("answering", hasValue && !isTyped && !several);
    show("listing", hasValue && several);
    show("typing", hasValue && isTyped);
    show("comparing", hasValue && isTyped);
    this.part("typed").type = kind;
    this.part("typed").step = kind === "number" ? "any" : "";
    const answers = kind === "yes_no"
      ? [new Option(this.words.yes, "yes"), new Option(this.words.no, "no")]
      : options.map(({ key, label, other }) => this.option({ path: key, label: other ? this.words.other : label }));
    this.part("answer").replaceChildren(...answers);
    this.part("list").replaceChildren(...answers.map((answer) => this.box_of(answer)));
    this.fill(this.part("other"), this.groups, (place) => place.kind === kind && place.path !== path);
    this.part("other").prepend(new Option("–", ""));
    this.part("other").value = "";
  }

  box_of(answer) {
    const label = document.createElement("label");
    const box = Object.assign(document.createElement("input"), { type: "checkbox", value: answer.value, disabled: answer.disabled });
    label.append(box, ` ${answer.text}`);
    return label;
  }

  get value() {
    const shown = (name) => !this.part(name).hidden;
    if (shown("listing")) return [...this.part("list").querySelectorAll(":checked")].map(({ value }) => value).join(", ");
    if (shown("answering")) return this.part("answer").value;
    const typed = this.part("other").value || this.part("typed").value;
    const isQuoted = typed && !this.part("other").value && this.part("typed").type !== "number";
    return isQuoted ? `"${typed}"` : typed;
  }

  insert() {
    const pattern = this.part("comparison").value;
    const { value } = this;
    if (!this.chosen || (pattern.includes("{v}") && !value)) {
      this.part("told").textContent = this.words.missing;
      return;
    }
    const made = pattern.replace("{q}", this.chosen.path).replace("{v}", value);
    const before = this.element.value.trim();
    const join = this.part("join").value;
    const first = join === "and" && /\bor\b/i.test(before) ? `(${before})` : before;
    this.element.value = before && join ? `${first} ${join} ${made}` : made;
    for (const name of ["input", "change"]) this.element.dispatchEvent(new Event(name, { bubbles: true }));
    this.part("panel").hidden = true;
    this.part("open").setAttribute("aria-expanded", "false");
    this.part("told").textContent = `${this.words.written} ${this.element.value}`;
    this.element.focus();
  }
}

window.wagtail.app.register("condition", Condition);
