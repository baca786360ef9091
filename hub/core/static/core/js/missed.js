// Says that an address is not there: the address and the day, never who asked for it.
// Without this script nothing is counted. See the page « Données personnelles ».
const box = document.querySelector("[data-missed]");

if (box) {
  const options = { method: "POST", body: box.dataset.missed, keepalive: true, credentials: "omit" };
  fetch("/api/missed", options).catch(() => {});
}
