// Loads the player of another site only when the reader asks for it.
function play(box, seconds) {
  const address = new URL(box.dataset.embed);
  if (seconds !== undefined) address.searchParams.set("start", seconds);
  const frame = document.createElement("iframe");
  frame.src = address;
  frame.title = box.dataset.title;
  frame.allow = "autoplay; encrypted-media; fullscreen; picture-in-picture";
  frame.allowFullscreen = true;
  frame.referrerPolicy = "strict-origin-when-cross-origin";
  frame.className = "player__frame";
  box.querySelector(".player__frame")?.remove();
  box.querySelector(".player__poster")?.remove();
  box.append(frame);
  frame.focus();
}

const box = document.querySelector(".player[data-embed]");
if (box) {
  const button = box.querySelector("[data-play]");
  button.addEventListener("click", () => play(box));
  for (const link of document.querySelectorAll("[data-seconds]")) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      play(box, link.dataset.seconds);
    });
  }
}
