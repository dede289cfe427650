"use strict";
// The stock admin's search boxes have no name for a screen reader: they get that of their label.
(function () {
  if (!window.django || !window.django.jQuery) return;
  const $ = window.django.jQuery;

  function nameBox(select) {
    const label = document.querySelector(`label[for="${select.id}"]`);
    const box = $(select).next(".select2-container")[0];
    if (!label || !box) return;
    label.id = label.id || `${select.id}_label`;
    const chosen = box.querySelector(".select2-selection__rendered");
    for (const part of box.querySelectorAll(".select2-selection, [role=textbox]")) {
      part.setAttribute("aria-labelledby", chosen && chosen.id ? `${label.id} ${chosen.id}` : label.id);
    }
    for (const input of box.querySelectorAll(".select2-search__field")) {
      input.setAttribute("aria-labelledby", label.id);
    }
  }

  function nameOpened(select) {
    const label = document.querySelector(`label[for="${select.id}"]`);
    const input = document.querySelector(".select2-container--open .select2-dropdown .select2-search__field");
    if (label && input) {
      input.setAttribute("aria-labelledby", label.id);
      input.focus();
    }
  }

  $(function () {
    $("select.admin-autocomplete").each(function () {
      nameBox(this);
    }).on("change select2:close", function () {
      nameBox(this);
    }).on("select2:open", function () {
      nameOpened(this);
    });
  });
})();

// "/" leads to the search box, "?" to the list of shortcuts, unless they are switched off there: who speaks to the
// computer may say them by accident.
(function () {
  const FIELDS = ["INPUT", "TEXTAREA", "SELECT"], OFF = "register-keys-off";

  function stored() {
    try { return window.localStorage.getItem(OFF) === "1"; } catch { return false; }
  }

  function store(isOff) {
    try { window.localStorage.setItem(OFF, isOff ? "1" : "0"); } catch { /* until the page is left */ }
  }

  document.addEventListener("DOMContentLoaded", function () {
    const box = document.getElementById("find-q"), keys = document.getElementById("keys");
    const choice = document.getElementById("keys-off");
    if (!box || !keys || !choice) return;
    document.getElementById("keys-switch").hidden = false;
    choice.checked = stored();
    choice.addEventListener("change", () => store(choice.checked));

    document.addEventListener("keydown", function (event) {
      const at = event.target;
      if (choice.checked || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
      if (FIELDS.includes(at.tagName) || at.isContentEditable || at.closest(".select2-container")) return;
      if (event.key === "/") {
        event.preventDefault();
        box.focus();
        box.select();
      } else if (event.key === "?") {
        event.preventDefault();
        keys.open = true;
        keys.querySelector("summary").focus();
      }
    });
  });
})();
