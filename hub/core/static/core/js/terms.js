// Says what a term means where it stands: on hover, focus or a first tap. Escape closes.
const links = document.querySelectorAll(".defined");
const bubble = document.createElement("div");
let open, tapped, leaving;

const hide = () => {
  open?.removeAttribute("aria-describedby");
  open = bubble.hidePopover();
};

const show = (link) => {
  clearTimeout(leaving);
  if (link === open) return;
  if (open) hide();
  open = link;
  bubble.textContent = link.dataset.definition;
  link.setAttribute("aria-describedby", bubble.id);
  bubble.showPopover();
  const line = link.getClientRects()[0];
  const right = document.documentElement.clientWidth - bubble.offsetWidth - 8;
  const below = line.bottom + bubble.offsetHeight + 8 < innerHeight;
  bubble.style.left = `${scrollX + Math.max(8, Math.min(line.left, right))}px`;
  bubble.style.top = `${scrollY + (below ? line.bottom + 4 : line.top - bubble.offsetHeight - 4)}px`;
};

if (bubble.showPopover && links.length) {
  Object.assign(bubble, { id: "bubble", className: "bubble", role: "tooltip", popover: "manual" });
  document.body.append(bubble);
  const on = (name, act) => document.addEventListener(name, (event) => act(event, event.target.closest?.(".defined[href]")));
  on("focusin", (event, link) => (link ? show(link) : open && hide()));
  on("pointerover", (event, link) => event.pointerType === "mouse" && (link ? show(link) : event.target === bubble && clearTimeout(leaving)));
  on("pointerout", (event, link) => open && (link || event.target === bubble) && (leaving = setTimeout(hide, 300)));
  on("pointerdown", (event, link) => (tapped = event.pointerType !== "mouse" && link !== open && link) || (open && !link && hide()));
  on("click", (event, link) => link && link === tapped && (event.preventDefault(), show(link)));
  on("keydown", (event) => event.key === "Escape" && open && hide());
}

// A reader may ask for plain words, for good: a word without address is no link, for anybody.
const choice = document.querySelector("[data-terms-choice]");
const root = document.documentElement;

const follow = () => {
  const off = root.dataset.terms === "off";
  for (const link of links) {
    link.dataset.href ??= link.getAttribute("href");
    if (off) link.removeAttribute("href");
    else link.setAttribute("href", link.dataset.href);
  }
  if (off === (choice.dataset.now === "off")) return;
  [choice.textContent, choice.dataset.other] = [choice.dataset.other, choice.textContent];
  choice.dataset.now = off ? "off" : "on";
};

const choose = (word) => {
  root.dataset.terms = word;
  follow();
};

if (choice) {
  follow();
  choice.addEventListener("click", () => {
    choose(root.dataset.terms === "off" ? "on" : "off");
    try {
      localStorage.setItem("terms", root.dataset.terms);
    } catch {
      // The choice then holds for this page alone.
    }
  });
  addEventListener("storage", (event) => event.key === "terms" && choose(event.newValue ?? "on"));
}
