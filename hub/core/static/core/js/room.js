// One term at a time, very large. Everything is in the page: no network once it is open.
const room = document.querySelector("[data-room]");
const plain = (text) => text.normalize("NFD").replace(/\p{Diacritic}/gu, "").toLowerCase();

if (room) {
  const part = (name) => room.querySelector(`[data-room-${name}]`);
  const terms = [...room.querySelectorAll(".room__term")];
  const names = terms.map((term) => plain(`${term.querySelector("h2").textContent} ${term.dataset.names}`));
  const [bar, find, place] = [part("bar"), part("find"), part("place")];
  const root = document.documentElement;
  const opened = () => "roomOpen" in root.dataset;
  let current = 0;

  const say = (text) => { place.textContent = text; };
  const show = (number, focus = true) => {
    terms[current]?.removeAttribute("data-shown");
    current = Math.max(0, Math.min(terms.length - 1, number));
    const term = terms[current];
    term.dataset.shown = "";
    say(place.dataset.place.replace("{n}", current + 1).replace("{total}", terms.length));
    if (focus) term.focus();
    history.replaceState(null, "", `#${term.id}`);
  };
  const start = () => {
    root.dataset.roomOpen = "";
    bar.hidden = false;
    show(Math.max(0, terms.findIndex((term) => `#${term.id}` === location.hash)));
  };
  const end = () => {
    delete root.dataset.roomOpen;
    bar.hidden = true;
    find.value = "";
    history.replaceState(null, "", location.pathname + location.search);
    part("start").focus();
  };
  const seek = () => {
    const wanted = plain(find.value.trim());
    if (!wanted) return;
    const begins = names.findIndex((name) => name.startsWith(wanted) || name.split(/[\s()]+/).includes(wanted));
    const found = begins >= 0 ? begins : names.findIndex((name) => name.includes(wanted));
    if (found >= 0) show(found, false);
    else say(place.dataset.none);
  };

  const moves = {
    ArrowRight: () => show(current + 1), ArrowDown: () => show(current + 1), PageDown: () => show(current + 1),
    ArrowLeft: () => show(current - 1), ArrowUp: () => show(current - 1), PageUp: () => show(current - 1),
    " ": () => show(current + 1), Home: () => show(0), End: () => show(terms.length - 1), Escape: end,
  };
  const keys = (event) => {
    if (!opened() || event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target === find;
    if (typing && (event.key === "Enter" || event.key === "ArrowDown")) {
      event.preventDefault();
      find.value = "";
      show(current);
    } else if (event.key in moves && !(typing && event.key !== "Escape") && !(event.key === " " && event.target.closest("button"))) {
      event.preventDefault();
      moves[event.key]();
    } else if (!typing && event.key.length === 1 && /\p{L}/u.test(event.key)) find.focus();
  };

  if (terms.length) {
    part("start").addEventListener("click", start);
    part("next").addEventListener("click", () => show(current + 1, false));
    part("previous").addEventListener("click", () => show(current - 1, false));
    part("end").addEventListener("click", end);
    find.addEventListener("input", seek);
    document.addEventListener("keydown", keys);
    let from;
    room.addEventListener("touchstart", (event) => { from = event.changedTouches[0]; }, { passive: true });
    room.addEventListener("touchend", (event) => {
      const [across, down] = [event.changedTouches[0].clientX - from.clientX, event.changedTouches[0].clientY - from.clientY];
      if (opened() && Math.abs(across) > 60 && Math.abs(across) > 2 * Math.abs(down)) show(current + (across < 0 ? 1 : -1), false);
    });
    if (location.hash) start();
  } else part("start").hidden = true;
}
