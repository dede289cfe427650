"use strict";
// A form that takes long says how far the server is. Without this file, and wherever it fails, the form is sent as any
// other; a second try writes nothing twice, as the form carries a key.
(function () {
  const LINES = "application/x-ndjson", SPOKEN_EVERY = 3000;
  let shown = here();

  function here() {
    return location.pathname + location.search;
  }

  function teller(form) {
    const box = form.querySelector("[data-progress]"), bar = box.querySelector("progress");
    const [read, spoken] = box.querySelectorAll("span"), numbers = new Intl.NumberFormat(document.documentElement.lang);
    let step = "", at = 0;

    return function tell(line) {
      const words = line.of ? box.dataset.counted.replace("{step}", line.step).replace(
        "{done}", numbers.format(line.done)).replace("{of}", numbers.format(line.of)) : `${line.step} …`;
      box.hidden = false;
      read.textContent = words;
      if (line.of) {
        bar.max = line.of;
        bar.value = line.done;
      } else {
        bar.removeAttribute("value");
      }
      if (line.step === step && Date.now() - at < SPOKEN_EVERY) return;
      [step, at, spoken.textContent] = [line.step, Date.now(), words];
    };
  }

  function show(line) {
    const page = new DOMParser().parseFromString(line.page, "text/html");
    for (const part of [".breadcrumbs", "#content-start"]) {
      document.querySelector(part).replaceWith(document.importNode(page.querySelector(part), true));
    }
    document.title = page.title;
    if (new URL(line.at, location.href).href !== location.href) history.pushState({}, "", line.at);
    shown = here();
    window.scrollTo(0, 0);
    document.getElementById("content-start").focus({ preventScroll: true });
  }

  async function lastLine(answer, tell) {
    const reader = answer.body.getReader(), letters = new TextDecoder();
    let rest = "";
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return {};
      const lines = (rest + letters.decode(value, { stream: true })).split("\n");
      rest = lines.pop();
      for (const line of lines.map(JSON.parse)) {
        if (line.step) tell(line);
        else if (!line.waiting) return line;
      }
    }
  }

  async function send(form, button) {
    const tell = teller(form), data = new FormData(form), lost = form.querySelector("[data-lost]");
    lost.hidden = true;
    button.disabled = true;
    tell({ step: form.querySelector("[data-progress]").dataset.sending });
    let line = {};
    try {
      const answer = await fetch(form.action, { method: "POST", body: data, headers: { Accept: LINES } });
      if (answer.headers.get("Content-Type") !== LINES) {
        form.submit();
        return;
      }
      line = await lastLine(answer, tell);
    } catch { /* cut off: below */ }
    if (line.to) {
      if (line.said) tell({ step: line.said });
      location.assign(line.to);
    } else if (line.page) {
      show(line);
    } else {
      form.querySelector("[data-progress]").hidden = true;
      lost.hidden = button.disabled = false;
      lost.focus();
    }
  }

  document.addEventListener("submit", function (event) {
    const form = event.target, button = form.querySelector("[type=submit]");
    if (!form.querySelector("[data-progress]")) return;
    event.preventDefault();
    if (!button.disabled) send(form, button);
  });
  // What replaced a page was never loaded at its address: going back and forth loads it.
  window.addEventListener("popstate", function () {
    if (here() !== shown) location.reload();
  });
})();
