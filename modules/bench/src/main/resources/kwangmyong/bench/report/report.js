"use strict";
// The page reads without this. It opens what a link leads to (older browsers do not), finds lines, and prints what is open.
(() => {
  const bundles = [...document.querySelectorAll("details.bundle")];
  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let node = target; node; node = node.parentElement) {
      if (node.tagName === "DETAILS") node.open = true;
    }
    if (target && target.closest("details")) target.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  if (location.hash) reveal();

  const form = document.querySelector("form.find");
  const input = document.getElementById("find");
  const said = form.querySelector("output");
  const open = document.getElementById("open");
  const texts = bundles.map(bundle => {
    const heading = bundle.lastElementChild.id;
    return (heading + " " + bundle.querySelector("summary").textContent).toLowerCase();
  });
  form.hidden = false;
  form.addEventListener("submit", event => event.preventDefault());
  input.addEventListener("input", () => {
    const words = input.value.toLowerCase().split(/[\s,]+/).filter(Boolean);
    let shown = 0;
    bundles.forEach((bundle, i) => {
      bundle.hidden = !words.every(word => texts[i].includes(word));
      shown += bundle.hidden ? 0 : 1;
    });
    said.textContent = words.length ? shown + " of " + bundles.length : "";
  });
  open.addEventListener("click", () => {
    const all = bundles.some(bundle => !bundle.open && !bundle.hidden);
    bundles.forEach(bundle => { if (!bundle.hidden) bundle.open = all; });
    open.textContent = all ? "Close all" : "Open all";
  });
})();
