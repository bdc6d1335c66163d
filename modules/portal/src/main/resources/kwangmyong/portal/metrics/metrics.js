// Keeps the page's numbers fresh and draws each layer's decisions a second over the last two minutes. The page says the same without it, once.
"use strict";
const every = 2000;
const kept = 60;
const history = new Map();
const seen = new Map();
const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 3 });

function spark(place, layer, rate) {
  const rates = history.get(layer) ?? [];
  rates.push(rate);
  if (rates.length > kept) rates.shift();
  history.set(layer, rates);
  const top = Math.max(1, ...rates);
  const points = rates.map((value, at) => `${(at * 118) / (kept - 1) + 1},${(23 - (22 * value) / top).toFixed(1)}`);
  const drawn = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  drawn.setAttribute("viewBox", "0 0 120 24");
  drawn.setAttribute("width", "120");
  drawn.setAttribute("height", "24");
  drawn.setAttribute("aria-hidden", "true");
  const line = document.createElementNS("http://www.w3.org/2000/svg", "polyline");
  line.setAttribute("points", points.join(" "));
  line.setAttribute("fill", "none");
  line.setAttribute("stroke", "currentColor");
  line.setAttribute("stroke-width", "1.5");
  drawn.append(line);
  place.replaceChildren(drawn, document.createTextNode(` ${whole.format(Math.round(rate * 10) / 10)}`));
}

async function refresh() {
  try {
    const now = performance.now();
    const numbers = await (await fetch("/numbers.json", { cache: "no-store" })).json();
    for (const row of document.querySelectorAll("[data-layer]")) {
      const layer = numbers.layers[row.dataset.layer];
      for (const cell of row.querySelectorAll("[data-field]")) {
        const value = layer[cell.dataset.field];
        cell.textContent = value === null ? "–" : whole.format(value);
      }
      const before = seen.get(row.dataset.layer);
      const all = layer.allow + layer.deny;
      if (before) {
        spark(row.querySelector("[data-spark]"), row.dataset.layer, (1000 * (all - before.all)) / (now - before.now));
      }
      seen.set(row.dataset.layer, { all, now });
    }
    for (const cell of document.querySelectorAll("[data-number]")) {
      const value = numbers.numbers[cell.dataset.number];
      if (value !== undefined) cell.textContent = whole.format(value);
    }
  } catch {
    // the lab is away; the next try may find it
  }
  setTimeout(refresh, every);
}
refresh();
