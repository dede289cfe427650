"use strict";
// The day of the statistics by a slider: it sets the date field, and what the form would answer replaces the figures.
(function () {
  const box = document.querySelector(".as-of-slider");
  const field = document.getElementById("f-as_of");
  if (!box || !field || field.type !== "date" || !window.fetch) return;
  const range = box.querySelector("input");
  const status = box.querySelector("[role=status]");
  const form = field.form;
  const DAY = 86400000;
  const numberOf = (iso) => Math.round(Date.parse(`${iso}T00:00:00Z`) / DAY);
  const isoOf = (number) => new Date(number * DAY).toISOString().slice(0, 10);
  const shown = (iso) => iso.split("-").reverse().join("/");
  let waiting = 0;
  let asked = 0;

  function follow() {
    if (!field.value) return;
    range.value = numberOf(field.value);
    range.setAttribute("aria-valuetext", shown(field.value));
  }

  async function replace() {
    const mine = ++asked;
    const query = new URLSearchParams(new FormData(form));
    for (const [name, value] of [...query]) if (!value) query.delete(name);
    const address = `${form.action}?${query}`;
    const figures = document.getElementById("figures");
    figures.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address, { credentials: "omit" });
      if (mine !== asked) return;
      if (!answer.ok) throw new Error(answer.status);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (mine !== asked) return;
      figures.replaceChildren(...page.getElementById("figures").childNodes);
      history.replaceState(null, "", address);
      status.textContent = `${status.dataset.said} ${shown(field.value)}`;
    } catch {
      if (mine === asked) form.requestSubmit();
    } finally {
      if (mine === asked) figures.removeAttribute("aria-busy");
    }
  }

  range.min = numberOf(box.dataset.first) - 1;
  range.max = numberOf(box.dataset.last);
  follow();
  box.hidden = false;
  field.addEventListener("change", follow);
  range.addEventListener("input", () => {
    field.value = isoOf(Number(range.value));
    range.setAttribute("aria-valuetext", shown(field.value));
    clearTimeout(waiting);
    waiting = setTimeout(replace, 250);
  });
})();
