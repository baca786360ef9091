// Says what a term means where it stands: on hover, focus or a first tap. Escape closes.
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

if (bubble.showPopover && document.querySelector(".defined")) {
  Object.assign(bubble, { id: "bubble", className: "bubble", role: "tooltip", popover: "manual" });
  document.body.append(bubble);
  const on = (name, act) => document.addEventListener(name, (event) => act(event, event.target.closest?.(".defined")));
  on("focusin", (event, link) => (link ? show(link) : open && hide()));
  on("pointerover", (event, link) => event.pointerType === "mouse" && (link ? show(link) : event.target === bubble && clearTimeout(leaving)));
  on("pointerout", (event, link) => open && (link || event.target === bubble) && (leaving = setTimeout(hide, 300)));
  on("pointerdown", (event, link) => (tapped = event.pointerType !== "mouse" && link !== open && link) || (open && !link && hide()));
  on("click", (event, link) => link && link === tapped && (event.preventDefault(), show(link)));
  on("keydown", (event) => event.key === "Escape" && open && hide());
}
