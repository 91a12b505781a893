// One key for each button or link; they do the same without it.  Which keys there are stands in the page (data-key).
const STORED = "quotes-judge-keys"; // one choice for all pages with keys
const box = document.getElementById("keys-on");
const read = () => { try { return localStorage.getItem(STORED) !== "off"; } catch { return true; } };
const write = (on) => { try { localStorage.setItem(STORED, on ? "on" : "off"); } catch { /* for this page only, then */ } };
let busy = false;

if (box) {
  const show = () => document.body.classList.toggle("keys-off", !box.checked);
  box.checked = read();
  show();
  box.addEventListener("change", () => { write(box.checked); show(); });
}

const isTyping = (element) =>
  element instanceof Element && element.closest("input:not([type=checkbox]), textarea, select, [contenteditable]") !== null;

// A second press while the page is on its way would answer the next item unseen.
for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", (event) => {
    if (busy) event.preventDefault();
    busy = true;
  });
}
addEventListener("pageshow", () => { busy = false; });

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.repeat || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
  if (busy || !box || !box.checked || isTyping(event.target)) return;
  const target = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!target) return;
  event.preventDefault();
  target.click();
});
