// Offers words and titles under a search box while the reader types: the ARIA pattern « editable
// combobox with list autocomplete ». What the server answers is text: it never becomes markup.
const WAIT = 150; // milliseconds without a key before asking
const PATIENCE = 4000; // an answer that comes later is of no use
const SHORTEST = 2; // characters
const SVG = "http://www.w3.org/2000/svg";
const KINDS = ["query", "term", "page"];

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function icon(address) {
  const drawing = document.createElementNS(SVG, "svg");
  drawing.setAttribute("class", "icon");
  drawing.setAttribute("aria-hidden", "true");
  drawing.append(document.createElementNS(SVG, "use"));
  drawing.firstChild.setAttribute("href", address);
  return drawing;
}

class Combobox {
  constructor(box) {
    this.box = box;
    this.words = box.dataset;
    this.form = box.closest("form");
    this.field = this.form.querySelector("[type=search]");
    this.status = element("span", { class: "visually-hidden", role: "status" });
    this.list = element("div", { role: "listbox", id: `${box.id}-list`, "aria-label": this.words.label });
    this.active = null;
    this.answered = ""; // the text that the list answers
    this.step = 0; // where to go once the list is there
    box.append(this.list);
    document.body.append(this.status);
    const roles = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id };
    for (const [key, value] of Object.entries(roles)) this.field.setAttribute(key, value);
    this.listen();
  }

  listen() {
    this.field.addEventListener("input", () => this.typed());
    this.field.addEventListener("keydown", (event) => this.pressed(event));
    // Hiding the keyboard of a phone takes the focus to nothing: the list stays to be read.
    this.field.addEventListener("blur", (event) => {
      if (event.relatedTarget) this.close();
    });
    this.form.addEventListener("submit", () => this.close());
    addEventListener("pagehide", () => this.close());
    // A tap or a click elsewhere; not the beginning of a scroll, which is cancelled.
    addEventListener("pointerup", (event) => {
      if (!this.form.contains(event.target)) this.close();
    });
    // The focus stays in the field, so that its keys and the reader's keyboard stay as well.
    this.box.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.clicked(event));
  }

  get text() {
    return this.field.value.trim();
  }

  get isOpen() {
    return !this.box.hidden;
  }

  get options() {
    return [...this.list.querySelectorAll("[role=option]")];
  }

  // -- Asking --------------------------------------------------------------------------------
  typed() {
    this.forget();
    this.select(null);
    if (this.text.length < SHORTEST) this.close();
    else this.timer = setTimeout(() => this.ask(), WAIT);
  }

  forget() {
    clearTimeout(this.timer);
    this.request?.abort();
    this.request = null;
    this.step = 0;
  }

  async ask() {
    const text = this.text;
    const request = new AbortController();
    this.request = request;
    const patience = setTimeout(() => request.abort(), PATIENCE);
    let shown = false;
    try {
      const answer = await fetch(`${this.words.suggest}?q=${encodeURIComponent(text)}`, { signal: request.signal });
      const { suggestions } = await answer.json();
      if (request === this.request && document.activeElement === this.field) {
        this.show(suggestions, text);
        shown = true;
      }
    } catch {
      // Without an answer the box is a plain one.
    }
    clearTimeout(patience);
    if (request !== this.request) return;
    if (!shown) this.close();
    else if (this.step && this.isOpen) this.move(this.step);
  }

  // -- The list ------------------------------------------------------------------------------
  show(lines, text) {
    const groups = KINDS.map((kind) => this.group(kind, lines.filter((line) => line.kind === kind)));
    this.list.replaceChildren(...groups.filter(Boolean));
    this.select(null);
    this.answered = text;
    this.open(this.options.length > 0);
    const count = this.options.length;
    const sentence = count === 0 ? this.words.none : count === 1 ? this.words.one : this.words.many;
    this.status.textContent = sentence.replace("{n}", count);
  }

  group(kind, lines) {
    const kept = lines.filter((line) => new URL(line.url, location).host === location.host);
    if (!kept.length) return null;
    const name = `${this.list.id}-${kind}`;
    const label = element("div", { id: name, class: "suggest__label", role: "presentation" }, this.words[kind]);
    const options = kept.map((line, number) => this.option(line, `${name}-${number}`));
    return element("div", { class: "suggest__group", role: "group", "aria-labelledby": name }, label, ...options);
  }

  option(line, id) {
    const text = element("span", { class: "suggest__text" }, line.text);
    if (line.language) text.lang = line.language;
    const drawing = icon(`${this.words.icons}#${line.type || "search"}`);
    const parts = line.kind === "page" ? [element("span", { class: "suggest__type" }, line.type_label)] : [];
    const { pathname, search, hash } = new URL(line.url, location);
    const href = pathname + search + hash;
    const attributes = { id, class: "suggest__option", role: "option", "aria-selected": "false", tabindex: "-1", href };
    const made = element("a", attributes, drawing, text, ...parts);
    if (line.kind === "query") made.dataset.query = line.text;
    return made;
  }

  open(shown) {
    this.box.hidden = !shown;
    this.field.setAttribute("aria-expanded", String(shown));
  }

  close() {
    this.forget();
    this.select(null);
    this.open(false);
    this.status.textContent = "";
  }

  select(option) {
    this.active?.setAttribute("aria-selected", "false");
    this.active = option;
    if (option) {
      option.setAttribute("aria-selected", "true");
      this.field.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else this.field.removeAttribute("aria-activedescendant");
  }

  move(step) {
    const options = this.options;
    const from = this.active ? options.indexOf(this.active) : step > 0 ? -1 : 0;
    this.select(options[(from + step + options.length) % options.length]);
  }

  // -- Keys and clicks -------------------------------------------------------------------------
  pressed(event) {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") this.arrow(event);
    else if (event.key === "Enter" && this.active) {
      event.preventDefault();
      this.active.click();
    } else if (event.key === "Escape" && this.isOpen) {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    } else if (event.key === "Tab") this.close();
    else if (["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) this.select(null);
  }

  arrow(event) {
    if (!this.isOpen && this.text.length < SHORTEST) return;
    event.preventDefault();
    const step = event.key === "ArrowDown" ? 1 : -1;
    if (!this.isOpen) this.reopen(event.altKey ? 0 : step);
    else if (!event.altKey) this.move(step);
    else if (step < 0) this.close();
  }

  reopen(step) {
    this.forget();
    this.step = step;
    if (this.answered !== this.text || !this.options.length) this.ask();
    else {
      this.open(true);
      if (step) this.move(step);
    }
  }

  clicked(event) {
    const option = event.target.closest("[role=option]");
    if (!option) return;
    const query = option.dataset.query;
    this.close();
    if (!query || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.field.value = query;
    this.form.requestSubmit();
  }
}

for (const box of document.querySelectorAll("[data-suggest]")) new Combobox(box);
