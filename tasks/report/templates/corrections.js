"use strict";
(() => {
  const KEY = "quotidian.quote_speakers";
  const QUOTE = /^[0-9a-f]{8,64}:q\d+-\d+$/;
  const NOBODY = "";
  const at = (id) => document.getElementById(id);
  const asked = new URLSearchParams(location.search);
  /* The value of a button: the id, a blank, who is held now, a line feed, the words. */
  const value = asked.get("quote") || "";
  const quote = value.split(" ", 1)[0];
  const [now, ...words] = value.slice(quote.length + 1).split(/\r?\n/);
  let unsaved = {};

  function read() {
    try { return JSON.parse(localStorage.getItem(KEY)) || {}; } catch { return unsaved; }
  }
  function write(kept) {
    unsaved = kept;
    try { localStorage.setItem(KEY, JSON.stringify(kept)); } catch { say("This browser keeps nothing: download before you leave."); }
    list();
  }
  function say(text) { at("status").textContent = text; }

  /* A cell that a spreadsheet would run as a formula, or that holds a line end, is no name. */
  function isName(name) { return !/^[=+\-@\t\r\n]|[\r\n]/.test(name); }
  function cell(text) { return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text; }
  function dump(kept) {
    const lines = Object.keys(kept).sort().map((id) => `${cell(id)},${cell(kept[id].speaker)}`);
    return ["quote_id,speaker", ...lines, ""].join("\n");
  }

  function list() {
    const kept = read(), ids = Object.keys(kept).sort();
    at("lines").replaceChildren(...ids.map((id) => {
      const row = document.createElement("li"), said = document.createElement("bdi"), who = document.createElement("strong");
      const gone = document.createElement("button");
      said.textContent = `“${kept[id].words}” `;
      who.textContent = kept[id].speaker || "nobody that is named";
      gone.type = "button";
      gone.className = "quietly";
      gone.textContent = "take back";
      gone.addEventListener("click", () => { const left = read(); delete left[id]; write(left); });
      row.append(said, who, " ", gone);
      return row;
    }));
    at("download").disabled = ids.length === 0;
    at("none").hidden = ids.length > 0;
  }

  function offer(name, label) {
    const line = document.createElement("label"), box = document.createElement("input"), text = document.createElement("bdi");
    box.type = "radio";
    box.name = "speaker";
    box.value = name;
    text.textContent = label;
    line.append(box, " ", text);
    return line;
  }

  at("download").addEventListener("click", () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([dump(read())], { type: "text/csv" }));
    link.download = "quote_speakers.csv";
    link.click();
    URL.revokeObjectURL(link.href);
  });
  at("typed").addEventListener("input", () => {
    for (const box of document.querySelectorAll("#choices input")) box.checked = false;
  });
  at("ask").addEventListener("submit", (event) => {
    event.preventDefault();
    const picked = document.querySelector("#choices input:checked");
    const name = picked ? picked.value : at("typed").value.trim();
    if (!picked && !name) return say("Choose a name, or type one.");
    if (!isName(name)) return say("That is no name: it starts with a sign, or has several lines.");
    write({ ...read(), [quote]: { speaker: name, words: words.join("\n") } });
    say("Kept.");
  });
  if (QUOTE.test(quote)) {
    at("quote").textContent = quote;
    at("now").textContent = now;
    at("words").textContent = words.join("\n");
    const names = asked.getAll("choice").filter((name) => name !== now);
    at("choices").replaceChildren(...names.map((name) => offer(name, name)), offer(NOBODY, "nobody that is named"));
    at("ask").hidden = false;
  }
  list();
})();
