// The review desk: panels that take the focus, words chosen by selecting them, names that complete themselves.
// Without it the panels are details, the words a text field, the names a plain one.
const article = document.getElementById("article");
const status = document.getElementById("status");
const panels = [...document.querySelectorAll("details.panel")];
const say = (words) => { if (status) status.textContent = words; };

// What was just done is read out, and reading goes on at the item.
const told = document.querySelector(".message-info, .message-error, .message-warning");
if (told) setTimeout(() => say(told.textContent), 100);
document.querySelector("h1")?.focus({ preventScroll: true });

// The item stands in the middle of its box; the page itself stays where it is.
if (article) {
  const [mark] = article.querySelectorAll(`[data-mark="${CSS.escape(article.dataset.item)}"]`);
  if (mark) {
    const [at, box] = [mark.getBoundingClientRect(), article.getBoundingClientRect()];
    article.scrollTop += at.top - box.top - Math.max(0, (article.clientHeight - at.height) / 3);
  }
}

const close = (panel) => { panel.open = false; panel.querySelector("summary").focus(); };
const enter = (panel) => (panel.querySelector("[data-focus]:checked") ?? panel.querySelector("[data-focus]")).focus();
for (const panel of panels) {
  // Not at the event "toggle", which comes later: what is typed at once belongs into the panel.
  panel.querySelector("summary").addEventListener("click", (event) => {
    event.preventDefault();
    panel.open = !panel.open;
    if (!panel.open) return;
    for (const other of panels) if (other !== panel) other.open = false;
    enter(panel);
  });
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close(panel);
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) panel.querySelector("form button[name]").click();
  });
}
const again = panels.find((panel) => panel.open);
if (again) enter(again);
// What is half typed in a panel is not lost by a key that decides.
document.addEventListener("keydown", (event) => {
  if (!panels.some((panel) => panel.open) || !["a", "r", "k", "z", "p", "b"].includes(event.key)) return;
  if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest("input, textarea, select")) return;
  event.preventDefault();
  say("Save or close the panel first: Escape closes it");
}, { capture: true });

// A note that must be written is sent from its field.
for (const field of document.querySelectorAll(".note-field textarea")) {
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) field.form.querySelector("[data-submit]")?.click();
  });
}

// Words by selecting them: offsets count code points, as the database does.
const points = (text) => [...text].length;
let chosen = null;
document.addEventListener("selectionchange", () => {
  const selection = getSelection();
  if (!article || selection.isCollapsed || !selection.rangeCount) return;
  const range = selection.getRangeAt(0).cloneRange();
  if (!range.intersectsNode(article)) return;
  if (!article.contains(range.startContainer)) range.setStart(article, 0);
  if (!article.contains(range.endContainer)) range.setEnd(article, article.childNodes.length);
  chosen = range;
});
const take = (adding) => {
  const words = chosen ? chosen.toString() : "";
  if (!words.trim()) { say("Select words in the article first"); return; }
  const before = document.createRange();
  before.selectNodeContents(article);
  before.setEnd(chosen.startContainer, chosen.startOffset);
  const blanks = words.length - words.trimStart().length;
  const start = Number(article.dataset.offset) + points(before.toString()) + points(words.slice(0, blanks));
  const [field, at] = [document.getElementById("words"), document.getElementById("at")];
  const line = words.trim().replace(/\s+/g, " ");
  field.value = adding && field.value.trim() ? `${field.value.trim()}\n${line}` : line;
  at.value = adding && at.value ? `${at.value},${start}` : String(start);
  field.closest("details").open = true;
  if (CSS.highlights) CSS.highlights.set("chosen", new Highlight(chosen));
  getSelection().removeAllRanges();
  say(`Chosen: ${line}`);
};
for (const button of document.querySelectorAll("[data-take]")) {
  button.hidden = false;
  button.addEventListener("click", () => take(button.dataset.take === "add"));
}

// Names complete themselves; what kind of speaker it is is asked of those who are new.
for (const input of document.querySelectorAll("[data-complete]")) {
  let waiting = 0;
  const list = document.getElementById(input.getAttribute("list"));
  const kind = input.form.querySelector(".new-speaker");
  if (kind) kind.hidden = !input.value.trim();
  input.addEventListener("input", () => {
    const named = input.form.querySelector("input[name=who][value=named]");
    if (named && input.value.trim()) named.checked = true;
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const asked = input.value.trim();
      if (kind && !asked) kind.hidden = true;
      if (!asked) return;
      try {
        const answer = await fetch(`${input.dataset.complete}?q=${encodeURIComponent(asked)}`);
        const { speakers } = await answer.json();
        if (input.value.trim() !== asked) return;
        const names = speakers.flatMap((speaker) => [speaker.value, speaker.name, speaker.printed]);
        if (kind) kind.hidden = asked.endsWith("]") || names.some((name) => name.toLowerCase() === asked.toLowerCase());
        list.replaceChildren(...speakers.map((speaker) => {
          const option = document.createElement("option");
          option.value = speaker.value;
          option.label = speaker.printed === speaker.name ? speaker.type : `${speaker.type}, printed as ${speaker.printed}`;
          return option;
        }));
      } catch { /* one can type the whole name */ }
    }, 120);
  });
}
