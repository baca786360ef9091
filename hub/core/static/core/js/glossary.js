// Narrows the A–Z list while the reader types: by the word, its variants or its definition.
const box = document.querySelector("[data-filter]");
const plain = (text) => text.normalize("NFD").replace(/\p{Diacritic}/gu, "").toLowerCase();

if (box) {
  const field = box.querySelector("input[type=search]");
  const said = box.querySelector("[role=status]");
  const letters = [...document.querySelectorAll("[data-letter]")];
  const terms = [...document.querySelectorAll("[data-term]")].map((item) => ({
    item,
    text: plain(`${item.dataset.term} ${item.textContent}`),
  }));
  const narrow = () => {
    const words = plain(field.value).split(/\s+/).filter(Boolean);
    let count = 0;
    for (const { item, text } of terms) {
      item.hidden = !words.every((word) => text.includes(word));
      if (!item.hidden) count += 1;
    }
    for (const letter of letters) letter.hidden = !letter.querySelector("[data-term]:not([hidden])");
    const sentence = count === 0 ? said.dataset.none : count === 1 ? said.dataset.one : said.dataset.many;
    said.textContent = words.length ? sentence.replace("{n}", count) : "";
  };
  box.hidden = false;
  field.addEventListener("input", narrow);
  narrow();
}
