"use strict";
(() => {
  const KEY = "quotidian.corrections";
  const COLUMNS = {
    quote_speakers: ["quote_id", "speaker"],
    same_entities: ["name", "same_as", "article_id"],
    different_entities: ["name", "other_name", "article_id"],
    not_copies: ["article_id", "original_id"],
    junk_lines: ["line", "is_junk"],
  };
  /* The columns that an answer is about: a second answer takes the place of the first. */
  const ABOUT = { quote_speakers: 1, same_entities: 3, different_entities: 3, not_copies: 1, junk_lines: 1 };
  const QUOTE = /^[0-9a-f]{8,64}:q\d+-\d+$/, ARTICLE = /^[0-9a-f]{8,64}$/;
  const at = (id) => document.getElementById(id);
  const asked = new URLSearchParams(location.search);
  let unsaved = [];

  function read() {
    try { return JSON.parse(localStorage.getItem(KEY)) || []; } catch { return unsaved; }
  }
  function write(kept) {
    unsaved = kept;
    try { localStorage.setItem(KEY, JSON.stringify(kept)); } catch { say("This browser keeps nothing: download before you leave."); }
    list();
  }
  function say(text) { at("status").textContent = text; }

  /* A cell that a spreadsheet would run as a formula, or that holds a line end, can stand in no file. */
  function isSafe(text) { return !/^[=+\-@\t\r\n＝＋－＠]|[\r\n]/.test(text); }
  function cell(text) { return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text; }
  function about(line) { return JSON.stringify([line.file, ...line.values.slice(0, ABOUT[line.file])]); }
  function dump(file) {
    const lines = read().filter((line) => line.file === file).map((line) => line.values.map(cell).join(","));
    return [COLUMNS[file].join(","), ...lines.sort(), ""].join("\n");
  }

  /* The value of a button: an id, a blank, who is held now, a line feed, the words. */
  function askSpeaker(value) {
    const id = value.split(" ", 1)[0];
    const [now, ...words] = value.slice(id.length + 1).split(/\r?\n/);
    if (!QUOTE.test(id)) return null;
    const answer = (name, label) => ({ file: "quote_speakers", values: [id, name], label });
    const names = asked.getAll("choice").filter((name) => name !== now);
    return {
      title: "Who said this?", words: words.join("\n"), what: "Quotation", id, now,
      answers: [...names.map((name) => answer(name, name)), answer("", "nobody that is named")],
      typed: "Another name, as the article has it", make: (name) => answer(name, name),
    };
  }
  function askEntity(name) {
    const [id = "", ...headline] = (asked.get("in") || "").split(" ");
    const article = ARTICLE.test(id) ? id : "";
    const same = (other) => ({ file: "same_entities", values: [name, other, article], label: `the same as ${other}` });
    const apart = (other, label) => ({ file: "different_entities", values: [other, name, article], label });
    const parted = article
      ? [apart(name, "somebody or something else of the same name")]
      : asked.getAll("part").filter((other) => other !== name).map((other) => apart(other, `“${other}” is somebody or something else`));
    return {
      title: "Who or what is this?", words: name, what: article ? `In the article “${headline.join(" ")}”` : "In all articles", id: article, now: "",
      answers: [...parted, ...asked.getAll("same").map(same)],
      typed: "The same as (another name, as an article has it)", make: same,
    };
  }
  function askCopy(value) {
    const [id, ...headline] = value.split(" "), first = asked.get("of") || "";
    if (!ARTICLE.test(id) || !ARTICLE.test(first)) return null;
    const answer = (original, label) => ({ file: "not_copies", values: [id, original], label });
    return {
      title: "Has it its words from there?", words: headline.join(" "), what: "Article", id, now: `shares the text of ${first}`,
      answers: [answer(first, "it shares no text with that article"), answer("", "it shares its text with nobody")],
    };
  }
  function askLine(value) {
    const answer = (line, word, label) => ({ file: "junk_lines", values: [line, word], label });
    /* Marks at the edges of a line do not count. */
    const lines = value.split(/\r?\n/).map((line) => line.replace(/^[^\p{L}\p{N}]+/u, "").trim()).filter(Boolean);
    return {
      title: "Was this taken away wrongly?", words: value, what: "Wherever the line stands", id: "", now: "taken away",
      answers: lines.map((line) => answer(line, "no", `part of the story: “${line}”`)),
      typed: "Another whole line, which is junk", make: (line) => answer(line, "yes", "junk"),
    };
  }
  function ask() {
    const kinds = { quote: askSpeaker, entity: askEntity, copy: askCopy, line: askLine };
    const kind = Object.keys(kinds).find((name) => asked.get(name));
    return kind ? kinds[kind](asked.get(kind)) : null;
  }

  function make(tag, text, more = {}) { return Object.assign(document.createElement(tag), { textContent: text }, more); }
  function list() {
    const kept = read(), files = Object.keys(COLUMNS).filter((file) => kept.some((line) => line.file === file));
    at("lines").replaceChildren(...kept.map((line) => {
      const row = make("li", ""), gone = make("button", "take back", { type: "button", className: "quietly" });
      gone.addEventListener("click", () => write(read().filter((other) => about(other) !== about(line))));
      row.append(make("bdi", `“${line.words}” `), make("strong", line.label), " ", gone);
      return row;
    }));
    at("files").replaceChildren(...files.map((file) => {
      const button = make("button", `Download ${file}.csv`, { type: "button", className: "act" });
      button.addEventListener("click", () => download(file));
      return button;
    }));
    at("none").hidden = kept.length > 0;
  }
  function download(file) {
    const link = make("a", "", { href: URL.createObjectURL(new Blob([dump(file)], { type: "text/csv" })), download: `${file}.csv` });
    link.click();
    URL.revokeObjectURL(link.href);
  }
  function offer(answer, number) {
    const line = make("label", "");
    line.append(make("input", "", { type: "radio", name: "answer", value: String(number) }), " ", make("bdi", answer.label));
    return line;
  }
  function show(question) {
    at("which").textContent = question.title;
    at("words").textContent = question.words;
    at("what").textContent = question.what;
    at("id").textContent = question.id;
    at("now").textContent = question.now;
    at("held").hidden = !question.now;
    at("choices").replaceChildren(...question.answers.map(offer));
    at("typing").hidden = !question.typed;
    at("label").textContent = question.typed || "";
    at("ask").hidden = false;
  }
  function keep(question) {
    const picked = document.querySelector("#choices input:checked"), typed = at("typed").value.trim();
    if (!picked && !typed) return say(question.typed ? "Choose an answer, or type one." : "Choose an answer.");
    const answer = picked ? question.answers[Number(picked.value)] : question.make(typed);
    if (!answer.values.every(isSafe)) return say("That can stand in no file: it starts with a sign, or has several lines.");
    const line = { ...answer, words: question.words };
    write([...read().filter((other) => about(other) !== about(line)), line]);
    say("Kept.");
  }

  const question = ask();
  if (question) {
    show(question);
    at("ask").addEventListener("submit", (event) => { event.preventDefault(); keep(question); });
  }
  at("typed").addEventListener("input", () => {
    for (const box of document.querySelectorAll("#choices input")) box.checked = false;
  });
  list();
})();
