"use strict";
(() => {
  const FEW = 5; /* rows that are seen at a glance */
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const values = (row, key) => [...new Set((row.dataset[key] || "").split("\n").filter((value) => value !== ""))];

  /* Rows without a value come last, whichever way the others go. */
  function order(rows, key, way) {
    const sign = way === "down" ? -1 : 1, has = (row) => row.dataset[key] ? 0 : 1;
    const by = (row) => row.dataset[key] || "";
    return [...rows].sort((a, b) => has(a) - has(b) || sign * by(a).localeCompare(by(b), "en", { numeric: true }));
  }

  for (const form of document.querySelectorAll("form.sift")) {
    const list = document.getElementById(form.dataset.of), rows = list ? [...list.children] : [];
    if (rows.length <= FEW) continue;
    const texts = new Map(rows.map((row) => [row, fold(row.textContent)]));
    const at = (name) => form.querySelector(`[data-${name}]`);
    const words = at("words"), from = at("from"), to = at("to"), way = at("order"), status = at("status");
    const choices = [...form.querySelectorAll("[data-by]")];

    for (const choice of choices) {
      const counted = new Map();
      for (const value of rows.flatMap((row) => values(row, choice.dataset.by))) counted.set(value, (counted.get(value) || 0) + 1);
      for (const [value, count] of [...counted].sort(([a], [b]) => a.localeCompare(b, "en"))) choice.append(new Option(`${value} (${count})`, value));
      choice.parentElement.hidden = counted.size < 2;
    }
    const days = new Set(rows.map((row) => row.dataset.day).filter(Boolean));
    for (const field of [from, to]) if (field) field.parentElement.hidden = days.size < 2;

    function show() {
      const asked = fold(words.value).split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const row of rows) {
        const day = row.dataset.day || "";
        const fits = asked.every((word) => texts.get(row).includes(word))
          && choices.every((choice) => !choice.value || values(row, choice.dataset.by).includes(choice.value))
          && (!from?.value || day >= from.value) && (!to?.value || (day !== "" && day <= to.value));
        row.hidden = !fits;
        shown += fits;
      }
      status.textContent = shown === rows.length ? "" : `${shown} of ${rows.length} shown`;
    }
    form.addEventListener("input", show);
    way.addEventListener("change", () => list.append(...(way.value ? order(rows, ...way.value.split(" ")) : rows)));
    form.addEventListener("reset", () => setTimeout(() => { list.append(...rows); show(); }));
    form.addEventListener("submit", (event) => event.preventDefault());
    form.hidden = false;
  }
})();
