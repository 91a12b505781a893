// Pointing at a card lights its marks in the text, and the other way round; the page is complete without it.
const find = (id, name) => document.querySelectorAll(`[data-${name}="${CSS.escape(id)}"]`);
const light = (id, on) => {
  for (const element of [...find(id, "mark"), ...find(id, "card")]) element.classList.toggle("lit", on);
};

for (const card of document.querySelectorAll("[data-card]")) {
  const id = card.dataset.card;
  for (const [event, on] of [["mouseenter", true], ["mouseleave", false], ["focusin", true], ["focusout", false]]) {
    card.addEventListener(event, () => light(id, on));
  }
}

for (const mark of document.querySelectorAll("[data-mark]")) {
  mark.addEventListener("mouseover", (event) => { event.stopPropagation(); light(mark.dataset.mark, true); });
  mark.addEventListener("mouseout", () => light(mark.dataset.mark, false));
  mark.addEventListener("click", (event) => {
    if (String(getSelection())) return; // selecting words is not a click
    event.stopPropagation();
    const [card] = find(mark.dataset.mark, "card");
    if (card) card.scrollIntoView({ block: "nearest" });
  });
}
