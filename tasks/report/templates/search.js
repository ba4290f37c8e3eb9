"use strict";
(() => {
  const MOST = 60;
  const KINDS = { speaker: "Speaker", story: "Story", article: "Article", statement: "Statement" };
  const data = JSON.parse(document.getElementById("index").textContent);
  const form = document.getElementById("search");
  const field = document.getElementById("words");
  const list = document.getElementById("found");
  const status = document.getElementById("status");
  let index = null;

  /* A word counts whole, as the start of a longer one, or with one letter wrong. */
  const WHOLE = 1, START = 0.7, NEAR = 0.4, IN_TITLE = 2;
  const SHORTEST_START = 3, SHORTEST_NEAR = 5;

  function split(text) {
    return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().match(/[\p{L}\p{N}]+/gu) || [];
  }

  function build() {
    const made = new Map();
    const add = (words, id, weight) => {
      for (const word of words) {
        if (!made.has(word)) made.set(word, new Map());
        const places = made.get(word);
        places.set(id, Math.max(weight, places.get(id) || 0));
      }
    };
    data.forEach(([, title, , more], id) => {
      add(split(more), id, 1);
      add(split(title), id, IN_TITLE);
    });
    return made;
  }

  function isNear(one, other) {
    const [short, long] = one.length <= other.length ? [one, other] : [other, one];
    if (long.length - short.length > 1) return false;
    let start = 0;
    while (start < short.length && short[start] === long[start]) start += 1;
    return short.slice(start + (short.length === long.length ? 1 : 0)) === long.slice(start + 1);
  }

  function likeness(asked, word) {
    if (asked === word) return WHOLE;
    if (asked.length >= SHORTEST_START && word.startsWith(asked)) return START;
    return asked.length >= SHORTEST_NEAR && isNear(asked, word) ? NEAR : 0;
  }

  function scores(asked) {
    const found = new Map();
    for (const [word, places] of index) {
      const like = likeness(asked, word);
      if (!like) continue;
      const rarity = Math.log(1 + data.length / places.size);
      for (const [id, weight] of places) found.set(id, Math.max(found.get(id) || 0, like * weight * rarity));
    }
    return found;
  }

  function find(words) {
    const each = split(words).map(scores);
    if (!each.length) return [];
    const ids = [...each[0].keys()].filter((id) => each.every((found) => found.has(id)));
    return ids.map((id) => ({ id, score: each.reduce((sum, found) => sum + found.get(id), 0) }));
  }

  function show(hit) {
    const [kind, title, address, more] = data[hit.id];
    const item = document.createElement("li");
    const link = document.createElement("a");
    const label = document.createElement("span");
    const rest = document.createElement("p");
    link.href = address;
    link.textContent = title;
    label.className = "kind";
    label.textContent = KINDS[kind];
    rest.className = "fine";
    rest.textContent = more;
    item.append(label, link);
    if (more) item.append(rest);
    return item;
  }

  function search(words) {
    list.replaceChildren();
    if (!words.trim()) {
      status.textContent = "";
      return;
    }
    index = index || build();
    const order = Object.keys(KINDS);
    const hits = find(words).map((hit) => ({ ...hit, place: order.indexOf(data[hit.id][0]) }));
    hits.sort((a, b) => b.score - a.score || a.place - b.place || a.id - b.id);
    list.append(...hits.slice(0, MOST).map(show));
    const more = hits.length > MOST ? `, the best ${MOST} are shown` : "";
    status.textContent = hits.length ? `${hits.length} found${more}.` : "Nothing found. Fewer or other words may help.";
  }

  let waiting = 0;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => search(field.value), 150);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    search(field.value);
  });
  field.value = new URLSearchParams(location.search).get("q") || "";
  search(field.value);
})();
