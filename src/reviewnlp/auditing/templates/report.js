"use strict";
(() => {
  const cards = [...document.querySelectorAll(".card")];
  const words = new Map(cards.map((card) => [card, card.textContent.toLowerCase()]));
  const search = document.getElementById("search");
  const buttons = [...document.querySelectorAll(".kinds button")];
  const status = document.getElementById("status");
  let kind = "";

  function show() {
    const asked = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let visible = 0;
    for (const card of cards) {
      const fits = (!kind || card.dataset.kind === kind) && asked.every((word) => words.get(card).includes(word));
      card.hidden = !fits;
      visible += fits;
    }
    status.textContent = `${visible} of ${cards.length} findings shown`;
  }

  for (const button of buttons) {
    button.addEventListener("click", () => {
      kind = button.dataset.kind;
      for (const other of buttons) other.setAttribute("aria-pressed", String(other === button));
      show();
    });
  }
  search.addEventListener("input", show);
  document.getElementById("controls").hidden = false;
  show();
})();
