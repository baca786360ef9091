// Plays a video of this site, or loads the player of another one only when the reader asks for it;
// keeps chapters, transcript and address in step with what is seen. All of it works without.
const MOMENT = /^#t=(\d{1,6})$/;
const KEPT = "players";

// The moment that the address asks for (#t=73), in seconds.
const asked = () => MOMENT.exec(location.hash)?.[1];

function timecode(seconds) {
  const two = (number) => String(number).padStart(2, "0");
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

// The sites whose players this reader shows without being asked: kept only if asked for.
const kept = {
  read() {
    try {
      return new Set(JSON.parse(localStorage.getItem(KEPT) ?? "[]"));
    } catch {
      return new Set();
    }
  },
  write(hosts) {
    try {
      if (hosts.size) localStorage.setItem(KEPT, JSON.stringify([...hosts]));
      else localStorage.removeItem(KEPT);
    } catch {
      // A browser that keeps nothing asks each time.
    }
  },
};

// A film of ours: `play` moves it, `moment` tells where it stands.
function film(box, moved) {
  const video = box.querySelector("[data-film]");
  const poster = box.querySelector("[data-poster]");
  let begun = false;
  video.controls = false; // they stand under the picture until it is started
  video.addEventListener("play", () => {
    begun = video.controls = true;
    if (poster.contains(document.activeElement)) video.focus();
    poster.hidden = true;
  });
  video.addEventListener("timeupdate", () => begun && moved(video.currentTime));
  return {
    play(seconds) {
      const go = () => {
        if (seconds !== undefined) video.currentTime = Number(seconds);
      };
      if (video.readyState) go();
      else video.addEventListener("loadedmetadata", go, { once: true });
      video.play().catch(() => {});
    },
    moment: () => (begun ? Math.floor(video.currentTime) : undefined),
  };
}

// The player of another site: loaded at a moment, and again for another moment.
function frame(box, moved) {
  let last;
  const load = (seconds, playing) => {
    const address = new URL(box.dataset.embed);
    if (seconds !== undefined) address.searchParams.set("start", seconds);
    if (!playing) address.searchParams.delete("autoplay");
    const view = document.createElement("iframe");
    view.src = address;
    view.title = box.dataset.title;
    view.allow = "autoplay; encrypted-media; picture-in-picture";
    view.allowFullscreen = true;
    view.referrerPolicy = "strict-origin-when-cross-origin";
    view.className = "player__frame";
    box.querySelector(".player__frame")?.remove();
    box.querySelector("[data-poster]")?.remove();
    box.append(view);
    if (playing) view.focus();
    last = Number(address.searchParams.get("start") ?? 0);
    moved(last);
  };
  const always = document.querySelector("[data-always]");
  always.checked = kept.read().has(box.dataset.host);
  always.addEventListener("change", () => {
    const hosts = kept.read();
    hosts[always.checked ? "add" : "delete"](box.dataset.host);
    kept.write(hosts);
  });
  if (always.checked) load(asked(), false);
  return { play: (seconds) => load(seconds, true), moment: () => last };
}

// Marks the passage and the chapter of a moment; only the box of the transcript scrolls.
function mark(seconds) {
  for (const list of document.querySelectorAll(".moments, .transcript")) {
    let now;
    for (const link of list.querySelectorAll("[data-seconds]")) {
      link.removeAttribute("aria-current");
      if (Number(link.dataset.seconds) <= seconds) now = link;
    }
    now?.setAttribute("aria-current", "true");
    const part = now?.closest(".passage");
    if (part && !list.matches(":hover") && !list.querySelector(":focus-visible")) {
      list.scrollTop += part.getBoundingClientRect().top - list.getBoundingClientRect().top - 8;
    }
  }
}

// Says where the player will start, and shows what is said at a moment that has no address.
function follow(from) {
  const seconds = asked();
  if (seconds === undefined) return;
  if (from) from.textContent = from.dataset.from.replace("{moment}", timecode(Number(seconds)));
  mark(Number(seconds));
  if (document.getElementById(`t=${seconds}`)) return;
  const before = [...document.querySelectorAll("[id^='t=']")]
    .filter((part) => Number(part.id.slice(2)) <= Number(seconds))
    .sort((a, b) => b.id.slice(2) - a.id.slice(2))[0];
  before?.scrollIntoView();
}

// Copies the address of what is seen now.
function offerLink(button, player) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    const seconds = player.moment() ?? asked() ?? 0;
    const link = `${location.origin}${location.pathname}#t=${seconds}`;
    await navigator.clipboard.writeText(link);
    button.parentElement.querySelector("[role=status]").textContent =
      `${button.dataset.done} ${timecode(Number(seconds))}`;
  });
}

const box = document.querySelector(".player");
if (box) {
  const player = box.dataset.embed ? frame(box, mark) : film(box, mark);
  const from = box.querySelector("[data-from]");
  box.querySelector("[data-play]")?.addEventListener("click", () => player.play(asked()));
  for (const link of document.querySelectorAll("[data-seconds]")) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      player.play(link.dataset.seconds);
    });
  }
  offerLink(document.querySelector("[data-copy-moment]"), player);
  addEventListener("hashchange", () => follow(from));
  follow(from);
}
