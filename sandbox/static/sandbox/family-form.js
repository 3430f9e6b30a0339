// Makes up for two things in Wagtail's autosave. A form may be sent while it is still saving: the
// page that comes back then takes what was saved for somebody else's. And a form that came back
// with errors is saved once and watched no more.
(function () {
  "use strict";
  var saving = false, waiting = null;

  function ended() {
    saving = false;
    if (waiting) waiting.requestSubmit();
  }
  document.addEventListener("w-autosave:save", function () { saving = true; });
  document.addEventListener("w-autosave:error", ended);
  document.addEventListener("w-autosave:success", function (event) {
    event.target.setAttribute("data-w-unsaved-check-interval-value", "499");  // starts a new watch
    ended();
  });

  document.addEventListener("submit", function (event) {
    var form = event.target, button = event.submitter;
    if (event.defaultPrevented || !form.hasAttribute("data-edit-form")) return;
    form.setAttribute("data-w-autosave-active-value", "false");
    if (!saving) return;
    event.preventDefault();
    if (waiting) return;
    waiting = form;
    if (!button || !button.name) return;
    var chosen = document.createElement("input");  // by then the button itself is disabled
    chosen.type = "hidden";
    chosen.name = button.name;
    chosen.value = button.value;
    form.append(chosen);
  });
})();
