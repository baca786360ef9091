// Before anything shows: a reader who wants no word underlined sees none, on any page.
try {
  if (localStorage.getItem("terms") === "off") document.documentElement.dataset.terms = "off";
} catch {
  // Storage that is closed to the site keeps no choice: words are explained.
}
