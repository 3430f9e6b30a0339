/* Small help for pages that already work without it. */
(function () {
  "use strict";
  var doc = document, root = doc.documentElement;
  var KEY = "tema";

  function saved() {
    try { return localStorage.getItem(KEY); } catch (e) { return null; }
  }
  var stored = saved();
  if (stored === "dark" || stored === "light") root.setAttribute("data-theme", stored);

  function isDark() {
    var set = root.getAttribute("data-theme");
    return set ? set === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  }
  function label(button) {
    button.querySelector("span").textContent = button.getAttribute(isDark() ? "data-light" : "data-dark");
  }
  function announce(text) {
    var region = doc.getElementById("pengumuman");
    if (!region || !text) return;
    region.textContent = "";
    setTimeout(function () { region.textContent = text; }, 60);
  }
  function focusFirst(scope) {
    var el = scope.querySelector("[data-error-summary]") || scope.querySelector("[data-focus]");
    if (el) el.focus();
    return el;
  }
  function each(scope, selector, fn) {
    Array.prototype.forEach.call(scope.querySelectorAll(selector), fn);
  }
  function enhance(scope) {
    each(scope, "[data-theme-switch]", function (b) { b.hidden = false; label(b); });
    each(scope, "[data-show-password]", function (b) { b.hidden = false; });
    each(scope, "[data-print]", function (b) { b.hidden = false; });
  }

  doc.addEventListener("click", function (event) {
    var target = event.target.closest ? event.target : null;
    if (!target) return;
    var button = target.closest("[data-theme-switch]");
    if (button) {
      var next = isDark() ? "light" : "dark";
      root.setAttribute("data-theme", next);
      try { localStorage.setItem(KEY, next); } catch (e) { /* private mode: this page only */ }
      label(button);
      return;
    }
    button = target.closest("[data-show-password]");
    if (button) {
      var field = doc.getElementById(button.getAttribute("data-show-password"));
      var shown = field.type === "text";
      field.type = shown ? "password" : "text";
      button.setAttribute("aria-pressed", String(!shown));
      return;
    }
    if (target.closest("[data-print]")) { window.print(); return; }
    button = target.closest("[data-quick-exit]");
    if (button) { event.preventDefault(); leave(button); return; }
    var link = target.closest("[data-error-summary] a");
    if (link) {
      var control = doc.getElementById(link.hash.slice(1));
      if (control) {
        event.preventDefault();
        (control.closest(".govuk-form-group") || control).scrollIntoView();
        control.focus({ preventScroll: true });
      }
      return;
    }
    each(doc, "details.account[open], details.menu[open]", function (d) {
      if (!d.contains(target)) d.open = false;
    });
  });

  function leave(link) {
    doc.body.hidden = true;
    location.replace(link.href);
  }
  var presses = 0, timer;
  doc.addEventListener("keydown", function (event) {
    if (event.key === "Escape") {
      each(doc, "details.account[open], details.menu[open]", function (d) {
        d.open = false;
        d.querySelector("summary").focus();
      });
    }
    var exit = doc.querySelector("[data-quick-exit]");
    if (!exit || event.repeat) return;
    if (event.key !== "Shift") { presses = 0; return; }
    presses += 1;
    clearTimeout(timer);
    timer = setTimeout(function () { presses = 0; }, 3000);
    if (presses === 3) leave(exit);
  });

  doc.addEventListener("submit", function (event) {
    var button = event.submitter;
    if (button) setTimeout(function () { button.setAttribute("aria-disabled", "true"); }, 0);
  });
  window.addEventListener("pageshow", function () {
    each(doc, "button[aria-disabled]", function (b) { b.removeAttribute("aria-disabled"); });
  });
  doc.addEventListener("htmx:afterSwap", function (event) {
    var scope = event.detail.target || doc;
    enhance(scope);
    if (!focusFirst(scope)) {
      var note = scope.matches && scope.matches("[data-announce]") ? scope : scope.querySelector("[data-announce]");
      if (note) announce(note.getAttribute("data-announce"));
    }
  });
  doc.addEventListener("htmx:sendError", function () {
    announce(root.lang === "en" ? "Not sent. Your text is still here." : "Belum terkirim. Isian Anda masih ada di sini.");
  });

  enhance(doc);
  focusFirst(doc);
  // Going to the fragment of the address takes the focus away from the summary again.
  if (location.hash && doc.querySelector("[data-error-summary]")) {
    window.addEventListener("load", function () {
      requestAnimationFrame(function () { focusFirst(doc); });
    });
  }
})();
