"use strict";
// Suggestions under the search boxes, as the ARIA pattern of a combobox with a list has it. Without this file, and
// wherever it fails, the form searches by itself.
(function () {
  const WAIT = 150, SHORTEST = 2;

  function suggestIn(form, number) {
    const input = form.querySelector("input[type=search]");
    const list = document.createElement("ul"), said = document.createElement("p");
    const known = new Map();
    let timer = 0, asking = null, active = -1;

    list.id = `suggestions-${number}`;
    list.className = "suggestions";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", form.dataset.suggestLabel);
    said.className = "visually-hidden";
    said.setAttribute("role", "status");
    input.parentElement.append(list, said);
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"],
      ["aria-controls", list.id]]) input.setAttribute(name, value);

    function choose(place) {
      const options = list.children;
      if (options[active]) options[active].setAttribute("aria-selected", "false");
      active = place;
      if (options[active]) {
        options[active].setAttribute("aria-selected", "true");
        options[active].scrollIntoView({ block: "nearest" });
        input.setAttribute("aria-activedescendant", options[active].id);
      } else {
        input.removeAttribute("aria-activedescendant");
      }
    }

    function show(isOpen) {
      choose(-1);
      list.hidden = !isOpen;
      input.setAttribute("aria-expanded", String(isOpen));
    }

    function option(found, place) {
      const item = document.createElement("li"), name = document.createElement("span");
      const about = document.createElement("span");
      item.id = `${list.id}-${place}`;
      item.dataset.url = found.url;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      name.textContent = found.name;
      if (found.lang) name.lang = found.lang;
      about.className = "cell-sub";
      about.textContent = `${found.group} · ${found.code}`;
      item.append(name, " ", about);
      return item;
    }

    function draw(answer) {
      list.replaceChildren(...answer.suggestions.map(option));
      said.textContent = answer.said;
      show(answer.suggestions.length > 0);
    }

    async function ask(words) {
      if (asking) asking.abort();
      asking = new AbortController();
      try {
        if (!known.has(words)) {
          const address = `${form.dataset.suggest}?${new URLSearchParams({ q: words })}`;
          const answer = await fetch(address, { signal: asking.signal });
          if (!answer.ok) return show(false);
          known.set(words, await answer.json());
        }
        if (words === input.value.trim() && document.activeElement === input) draw(known.get(words));
      } catch { /* a newer question, or no network: the form still searches */ }
    }

    input.addEventListener("input", function () {
      const words = input.value.trim();
      clearTimeout(timer);
      if (words.length < SHORTEST) {
        said.textContent = "";
        show(false);
      } else {
        timer = setTimeout(() => ask(words), WAIT);
      }
    });

    input.addEventListener("keydown", function (event) {
      const count = list.children.length;
      if (event.isComposing || !count) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (list.hidden) show(true);
        // One place more than there are options: the box itself, with what was typed.
        const step = event.key === "ArrowDown" ? 1 : -1;
        choose((active + 1 + step + count + 1) % (count + 1) - 1);
      } else if (event.key === "Enter" && active >= 0) {
        event.preventDefault();
        window.location.assign(list.children[active].dataset.url);
      } else if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        show(false);
      }
    });

    input.addEventListener("blur", () => show(false));
    // The box keeps the focus while an option is pressed, else the list would be gone before the click.
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", function (event) {
      const item = event.target.closest("[role=option]");
      if (item) window.location.assign(item.dataset.url);
    });
  }

  document.querySelectorAll("form[data-suggest]").forEach(suggestIn);
})();
