// Lights a card with its marks and the other way round, and sets the cards beside their marks; the page is complete without it.
const marks = new Map(); // id -> the pieces of its mark
for (const piece of document.querySelectorAll(".article [data-mark]")) {
  marks.set(piece.dataset.mark, [...(marks.get(piece.dataset.mark) ?? []), piece]);
}
const margin = document.querySelector(".cards");
const list = margin.querySelector("ol");
const cards = [...document.querySelectorAll("[data-card]")];
const cardOf = new Map(cards.map((card) => [card.dataset.card, card]));
const GAP = 8;

const light = (id, on) => {
  for (const element of [...(marks.get(id) ?? []), cardOf.get(id)]) element?.classList.toggle("lit", on);
};

const measured = (start) =>
  cards.filter((card) => !card.hidden).map((card) => {
    const [first] = marks.get(card.dataset.card) ?? [];
    return { card, height: card.offsetHeight + GAP, wanted: first ? first.getClientRects()[0].top - start : 0 };
  });

// Each card stands where its mark is, or below the card before it.  The chosen one stands at its mark, and those before
// it move up for it, even out of sight: a click beside the marks, or Escape, brings them back.
const place = (chosen) => {
  const isMargin = matchMedia("screen and (min-width: 60.01rem)").matches;
  margin.classList.toggle("aligned", isMargin);
  for (const card of cards) card.classList.toggle("chosen", card === chosen);
  if (!isMargin) {
    for (const card of cards) card.style.top = "";
    list.style.height = "";
    return;
  }
  const start = list.getBoundingClientRect().top;
  margin.classList.remove("dense");
  let boxes = measured(start);
  // More cards than fit beside the text: each is one line, what it quotes stands beside it.
  const least = boxes.reduce((sum, box) => sum + box.height, 0);
  if (least > document.querySelector(".reading > .article").offsetHeight) {
    margin.classList.add("dense");
    boxes = measured(start);
  }
  const at = boxes.findIndex((box) => box.card === chosen);
  let floor = 0;
  for (const [i, box] of boxes.entries()) {
    box.top = i === at ? box.wanted : Math.max(box.wanted, floor);
    floor = box.top + box.height;
  }
  for (let i = at - 1; i >= 0; i--) boxes[i].top = Math.min(boxes[i].top, boxes[i + 1].top - boxes[i].height);
  for (const box of boxes) box.card.style.top = `${box.top}px`;
  list.style.height = `${floor}px`;
};

const choose = (id) => {
  const card = cardOf.get(id);
  if (!card || card.hidden) return;
  place(card);
  if (!margin.classList.contains("aligned")) card.scrollIntoView({ block: "nearest" });
};
const isInSight = (card) => {
  const box = card.getBoundingClientRect();
  return box.top >= Math.max(0, list.getBoundingClientRect().top) && box.bottom <= innerHeight;
};

for (const [id, card] of cardOf) {
  for (const [event, on] of [["mouseenter", true], ["mouseleave", false], ["focusin", true], ["focusout", false]]) {
    card.addEventListener(event, () => light(id, on));
  }
  card.addEventListener("focusin", (event) => { if (event.target.matches(":focus-visible")) place(card); });
  card.querySelector("a.label")?.addEventListener("click", () => place(card));
}

for (const [id, pieces] of marks) {
  if (!cardOf.has(id)) continue;
  pieces[0].tabIndex = 0;
  pieces[0].addEventListener("focus", (event) => {
    light(id, true);
    if (event.target.matches(":focus-visible")) place(cardOf.get(id));
  });
  pieces[0].addEventListener("blur", () => light(id, false));
  pieces[0].addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target !== pieces[0]) return;
    choose(id);
    cardOf.get(id).querySelector("a.label").focus();
  });
  for (const piece of pieces) {
    piece.addEventListener("mouseover", (event) => {
      event.stopPropagation();
      light(id, true);
      if (margin.classList.contains("aligned") && !isInSight(cardOf.get(id))) choose(id);
    });
    piece.addEventListener("mouseout", () => light(id, false));
    piece.addEventListener("click", (event) => {
      if (String(getSelection())) return; // selecting words is not a click
      event.stopPropagation();
      choose(id);
    });
  }
}

document.querySelector(".reading > .article").addEventListener("click", () => place());
addEventListener("keydown", (event) => { if (event.key === "Escape") place(); });

const narrow = document.querySelector(".narrow");
if (narrow) {
  narrow.hidden = false;
  const chosen = (name) => narrow.querySelector(`[data-narrow="${name}"]`)?.value ?? "";
  narrow.addEventListener("change", () => {
    for (const card of cards) {
      const isKind = !chosen("kind") || card.dataset.kind.split(" ").includes(chosen("kind"));
      card.hidden = !(isKind && (!chosen("who") || card.dataset.who === chosen("who")));
      for (const piece of marks.get(card.dataset.card) ?? []) piece.classList.toggle("aside", card.hidden);
    }
    place();
  });
}

place();
addEventListener("resize", () => place());
addEventListener("load", () => place(cardOf.get(location.hash.slice(1))));
