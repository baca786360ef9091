// Says that a search was seen and that a result was opened: its words and the day, never who.
// Without this script nothing is counted. See the page « Données personnelles ».
const box = document.querySelector("[data-search-count]");

if (box) {
  const tell = (event) => {
    const body = JSON.stringify({ token: box.dataset.searchCount, event });
    const options = { method: "POST", body, keepalive: true, credentials: "omit" };
    if ("keepalive" in Request.prototype) fetch("/api/searches", options).catch(() => {});
    else navigator.sendBeacon("/api/searches", body);
  };
  const opened = ({ target, button }) => {
    if (button > 1 || !target.closest?.(".card a, .answers a")) return;
    for (const name of ["click", "auxclick"]) removeEventListener(name, opened);
    tell("clicked");
  };
  if ("searchFirst" in box.dataset) tell("seen");
  for (const name of ["click", "auxclick"]) addEventListener(name, opened);
}
