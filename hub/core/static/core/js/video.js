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

// The moment that the address asks for (#t=73), in seconds.
const asked = () => /^#t=(\d{1,6})$/.exec(location.hash)?.[1];

function timecode(seconds) {
  const two = (number) => String(number).padStart(2, "0");
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

// Says where the player will start, and shows what is said at a moment that has no address.
function follow(from) {
  const seconds = asked();
  if (seconds === undefined) return;
  if (from) from.textContent = from.dataset.from.replace("{moment}", timecode(Number(seconds)));
  if (document.getElementById(`t=${seconds}`)) return;
  const before = [...document.querySelectorAll("[id^='t=']")]
    .filter((part) => Number(part.id.slice(2)) <= Number(seconds))
    .sort((a, b) => b.id.slice(2) - a.id.slice(2))[0];
  before?.scrollIntoView();
}

const box = document.querySelector(".player[data-embed]");
if (box) {
  const button = box.querySelector("[data-play]");
  const from = box.querySelector("[data-from]");
  button.addEventListener("click", () => play(box, asked()));
  for (const link of document.querySelectorAll("[data-seconds]")) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      play(box, link.dataset.seconds);
    });
  }
  addEventListener("hashchange", () => follow(from));
  follow(from);
}
