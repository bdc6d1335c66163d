// Counts down what is left of the session, by the browser's own clock; the page says the same without it.
"use strict";
for (const clock of document.querySelectorAll("[data-seconds-left]")) {
  const end = performance.now() + 1000 * Number(clock.dataset.secondsLeft);
  const two = (number) => String(number).padStart(2, "0");
  const tick = () => {
    const left = Math.max(0, Math.ceil((end - performance.now()) / 1000));
    clock.textContent = Math.floor(left / 3600) + ":" + two(Math.floor(left / 60) % 60) + ":" + two(left % 60);
    if (left > 0) {
      setTimeout(tick, 250);
    } else {
      setTimeout(() => location.replace("/"), 2000); // the portal says what it came to
    }
  };
  tick();
}
