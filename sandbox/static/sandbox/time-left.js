// Counts an exam's minutes down on the page, and tells listeners twice. The server decides.
(function () {
  "use strict";
  var line = document.querySelector("[data-seconds-left]");
  if (!line || !window.performance) return;
  var number = line.querySelector("[data-minutes]");
  var live = document.getElementById("pengumuman");
  var ends = performance.now() + 1000 * Number(line.dataset.secondsLeft);
  var told = Math.ceil(Number(line.dataset.secondsLeft) / 60);
  var words = { 5: line.dataset.five, 1: line.dataset.one, 0: line.dataset.over };
  var timer = setInterval(function () {
    var minutes = Math.max(Math.ceil((ends - performance.now()) / 60000), 0);
    if (minutes === told) return;
    told = minutes;
    number.textContent = String(minutes);
    if (live && words[minutes]) live.textContent = words[minutes];
    if (minutes === 0) clearInterval(timer);
  }, 1000);
})();
