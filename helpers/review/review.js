// A review drawn from `view`. Every word of a text or table is set as text, never as markup.
const SILENT = 6000; // milliseconds until a kernel that does not answer is said to be gone
const KEYS = [
  ["a", "accept", "accept"], ["r", "reject", "reject"], ["c", "correct", "chips"],
  ["s", "skip", "skip"], ["n", "next", "next"], ["b", "back", "back"],
  ["u", "undo", "undo"], ["y", "redo", "redo"],
  ["m", "mark a new claim", "mark"], ["t", "whole text", "whole"], ["g", "go to a text", "texts"],
  ["o", "only this one", "only"],
];
const ANYWHERE = new Set(["back", "undo", "redo", "texts"]); // keys that need no claim
const DECIDING = new Set(["accept", "reject", "save"]);

function make(tag, kind, words) {
  const node = document.createElement(tag);
  if (kind) node.className = kind;
  if (words !== undefined) node.textContent = words;
  return node;
}

function button(key, words, act, disabled) {
  const node = make("button");
  node.type = "button";
  node.tabIndex = -1;
  node.disabled = Boolean(disabled);
  node.append(make("kbd", "", key), ` ${words}`);
  node.addEventListener("click", act);
  return node;
}

function render({ model, el }) {
  const root = make("div", "claim-review");
  root.tabIndex = 0;
  root.setAttribute("role", "application");
  root.setAttribute("aria-label", "Review of claims, by key");
  el.append(root);
  let mode = "read"; // read, chips, choose, type, mark, texts
  let pick = 0; // which of the texts
  let chip = "";
  let waiting = 0; // the timer of a question that the kernel has not answered
  let silent = false;
  let mark = { from: 0, to: 0, words: [] };

  const view = () => model.get("view");

  function ask(what, more = {}) {
    if (waiting && DECIDING.has(what)) return; // the claim it would fall on is not seen yet
    silent = model.comm_live === false;
    if (!silent) {
      clearTimeout(waiting);
      waiting = setTimeout(() => { waiting = 0; silent = true; draw(); }, SILENT);
      model.send({ do: what, claim: view().claim, turn: view().turn, ...more });
    }
    if (silent) draw();
  }

  model.on("change:view", () => {
    clearTimeout(waiting);
    waiting = 0;
    silent = false;
    const now = view();
    if (mode === "choose" || mode === "type") mode = "chips";
    if (mode === "mark" || mode === "texts") mode = "read";
    if (now.texts?.length) {
      mode = "texts";
      pick = Math.max(0, now.texts.findIndex(([doc]) => doc === now.doc));
    }
    if (now.adding) mode = "chips";
    else if (!now.changed && now.told.kind !== "refused" && mode === "chips") mode = "read";
    draw();
  });

  // --- drawing ---------------------------------------------------------------------------------

  function draw() {
    const now = view();
    const held = root.contains(document.activeElement);
    root.replaceChildren(drawHead(now), ...drawNotes(now));
    if (mode === "texts") root.append(drawTexts(now));
    else if (now.claim) {
      const split = make("div", "split");
      split.append(drawText(now), drawClaim(now));
      root.append(split);
    } else {
      root.append(make("p", "title", now.finished));
      if (now.text.length) root.append(drawText(now));
    }
    root.append(drawKeys(now));
    const field = root.querySelector("input");
    if (field) field.focus();
    else if (held) root.focus({ preventScroll: true });
    const area = root.querySelector(".words");
    root.querySelector(".picked")?.scrollIntoView({ block: "nearest" });
    const target = area?.querySelector(mode === "mark" ? ".here" : ".quote");
    if (target) area.scrollTop = target.offsetTop - area.clientHeight / 3; // the text, not the page
  }

  function drawHead(now) {
    const head = make("header");
    const left = make("span", "title");
    left.append(make("bdi", "claim", now.claim), " ", make("bdi", "soft", now.title || ""));
    const minutes = now.left ? `, about ${Math.max(1, now.minutes)} min` : "";
    const right = make("span", "soft left", `${now.left} of ${now.total} left${minutes} · ${now.reviewer || "no reviewer"}`);
    head.append(left, right);
    return head;
  }

  function drawNotes(now) {
    const notes = now.notes.map((words) => make("p", "refused", words));
    if (now.told.kind === "refused") notes.push(drawTold(now));
    if (silent) {
      notes.unshift(make("p", "refused", "The kernel does not answer: what you press now is not decided. "
        + "What was told as decided is saved. Start the kernel and run this cell again."));
    }
    if (now.repeats?.length) notes.push(make("p", "soft", `Said again in other texts, decided with it: ${now.repeats.join(", ")}`));
    return notes;
  }

  function drawTold(now) {
    const told = make("p", now.told.kind === "refused" ? "refused" : "done", now.told.words);
    told.setAttribute("role", "status");
    return told;
  }

  function drawTexts(now) {
    const list = make("ol", "texts");
    now.texts.forEach(([doc, title, left], index) => {
      const item = make("li", index === pick ? "picked" : "");
      item.append(make("kbd", "", index < 9 ? String(index + 1) : "\u2007"), " ", make("bdi", "", doc), " ");
      item.append(make("bdi", "soft", title === doc ? left : `${title} · ${left}`));
      item.addEventListener("click", () => goTo(index));
      list.append(item);
    });
    return list;
  }

  const goTo = (index) => ask("text", { doc_id: view().texts[index][0] });

  function drawText(now) {
    const words = make("div", "words");
    words.dir = "auto";
    if (mode === "mark") {
      const [first, last] = [Math.min(mark.from, mark.to), Math.max(mark.from, mark.to)];
      mark.words.forEach((word, index) => {
        const kind = (index >= first && index <= last ? "marked" : "") + (index === mark.to ? " here" : "");
        words.append(make("span", kind, word.words), word.gap);
      });
      return words;
    }
    for (const part of now.text) {
      const node = make("span", part.is.join(" "), part.words);
      node.dataset.at = part.at;
      words.append(node);
    }
    return words;
  }

  function drawClaim(now) {
    const side = make("div");
    const doubts = make("div");
    if (now.adding) doubts.append(make("span", "doubt", "a new claim"));
    else if (now.review !== "proposed") doubts.append(make("span", "doubt", now.review));
    for (const doubt of now.doubts) doubts.append(make("span", "doubt", doubt));
    side.append(doubts);
    const chips = make("div", "chips");
    for (const one of now.chips) {
      if (!one.value && !one.always && mode === "read") continue;
      chips.append(drawChip(one));
    }
    side.append(chips);
    const open = now.chips.find((one) => one.key === chip);
    if ((mode === "choose" || mode === "type") && open) side.append(drawChoose(open));
    for (const fault of now.faults) side.append(make("p", "refused", `The check minds: ${fault}`));
    return side;
  }

  function drawChip(one) {
    const node = make("button", `chip ${one.name.replaceAll(" ", "-")}${one.changed ? " changed" : ""}`);
    node.type = "button";
    node.tabIndex = -1;
    if (one.key === chip && mode !== "read") node.classList.add("open");
    if (mode !== "read") node.append(make("kbd", "", one.key), " ");
    node.append(make("span", "name", one.name), make("bdi", "", one.value || "–"));
    if (one.rests) node.append(make("span", "name", ` ${one.rests}`));
    node.addEventListener("click", () => openChip(one.key));
    return node;
  }

  function drawChoose(open) {
    const box = make("div", "choose");
    const list = make("ol");
    open.options.forEach(([label, hint, chosen], index) => {
      const item = make("li", chosen ? "chosen" : "");
      item.append(make("kbd", "", String(index + 1)), " ", make("bdi", "", label), " ", make("bdi", "soft", hint));
      item.addEventListener("click", () => ask("set", { chip, option: index }));
      list.append(item);
    });
    box.append(list, make("p", "soft", open.asks));
    if (mode === "type") {
      const field = make("input");
      field.type = "text";
      field.dir = "auto";
      field.value = open.draft ?? open.text;
      field.setAttribute("aria-label", `${open.name}: ${open.typed}`);
      box.append(field);
    }
    if (open.typed) box.append(make("p", "soft", mode === "type" ? `Enter takes it, Esc leaves it. ${open.typed}` : `or type: ${open.typed}`));
    return box;
  }

  function drawKeys(now) {
    const bar = make("div", "keys");
    const state = document.createElement("span");
    state.className = "state";
    state.textContent = held() ? "keys are on" : "click here, or Tab, for the keys";
    bar.append(state);
    if (mode === "read") {
      for (const [key, words, what] of KEYS) {
        if (what === "only" && !now.repeats?.length) continue;
        bar.append(button(key, words, () => press(key), isOff(what, now)));
      }
    } else if (mode === "texts") {
      bar.append("↑ ↓ move · Enter or a digit goes there · Esc leaves");
    } else if (mode === "mark") {
      bar.append("← → move · Shift extends · Enter takes the words · Esc leaves");
    } else {
      bar.append(
        button("Enter", now.adding ? "add" : "save", () => press("Enter")),
        button("Esc", "leave", () => press("Escape")),
        mode === "choose" ? "a digit chooses, Space or a letter types" : "a letter opens a chip",
      );
    }
    bar.append(make("span", "soft", now.figures));
    if (now.told.kind !== "refused") bar.append(drawTold(now));
    return bar;
  }

  function isOff(what, now) {
    if (what === "undo" || what === "redo") return !now[what];
    if (what === "mark") return !now.text.length;
    if (what === "next" && now.doc) return false;
    return !now.claim && !ANYWHERE.has(what);
  }

  // --- keys ------------------------------------------------------------------------------------

  const held = () => root.contains(document.activeElement);

  function openChip(key) {
    chip = key;
    mode = "choose";
    const open = view().chips.find((one) => one.key === key);
    if (!open.options.length) mode = "type";
    draw();
  }

  function startTyping(letter) {
    mode = "type";
    draw();
    const field = root.querySelector("input");
    if (letter) field.value = letter;
    field.setSelectionRange(field.value.length, field.value.length);
  }

  function startMarking() {
    const chosen = readSelection();
    if (chosen) {
      ask("mark", { doc_id: view().doc, ...chosen });
      return;
    }
    mark = { from: 0, to: 0, words: cutWords(view().text) };
    if (!mark.words.length) return;
    const start = view().text.find((part) => part.is.includes("sentence"))?.at ?? 0;
    mark.from = mark.to = Math.max(0, mark.words.findIndex((word) => word.at >= start));
    mode = "mark";
    draw();
  }

  function press(key, shift = false) {
    const now = view();
    if (mode === "mark") pressMark(key, shift);
    else if (mode === "texts") pressTexts(key, now);
    else if (mode === "read") {
      const found = KEYS.find((one) => one[0] === key);
      if (!found || isOff(found[2], now)) return;
      if (found[2] === "chips") { if (now.claim) { mode = "chips"; chip = ""; draw(); } }
      else if (found[2] === "mark") startMarking();
      else ask(found[2]);
    } else if (key === "Escape") {
      if (mode === "chips") { mode = "read"; ask("drop"); }
      else { mode = "chips"; draw(); }
    } else if (key === "Enter" && mode !== "type") {
      ask("save");
    } else if (mode === "choose") {
      const open = now.chips.find((one) => one.key === chip);
      const number = "123456789".indexOf(key);
      if (number >= 0 && number < open.options.length) ask("set", { chip, option: number });
      else if (open.typed && (key === " " || (key.length === 1 && number < 0))) startTyping(key.trim());
    } else if (mode === "chips" && now.chips.some((one) => one.key === key)) {
      openChip(key);
    }
  }

  function pressTexts(key, now) {
    const number = "123456789".indexOf(key);
    if (key === "Escape") { mode = "read"; draw(); }
    else if (key === "Enter") goTo(pick);
    else if (number >= 0 && number < now.texts.length) goTo(number);
    else if (key === "ArrowDown" || key === "ArrowUp") {
      pick = Math.max(0, Math.min(now.texts.length - 1, pick + (key === "ArrowDown" ? 1 : -1)));
      draw();
    }
  }

  function pressMark(key, shift) {
    const last = mark.words.length - 1;
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 10, ArrowUp: -10 }[key];
    if (step) {
      mark.to = Math.max(0, Math.min(last, mark.to + step));
      if (!shift) mark.from = mark.to;
      draw();
    } else if (key === "Enter") {
      const [first, end] = [Math.min(mark.from, mark.to), Math.max(mark.from, mark.to)];
      ask("mark", { doc_id: view().doc, start: mark.words[first].at, end: mark.words[end].end });
    } else if (key === "Escape") {
      mode = "read";
      draw();
    }
  }

  root.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return; // the browser's and JupyterLab's own
    event.stopPropagation();
    if (event.key === "Tab") return;
    if (event.target.tagName === "INPUT") {
      if (event.key === "Enter") { event.preventDefault(); ask("set", { chip, typed: event.target.value }); }
      else if (event.key === "Escape") { event.preventDefault(); mode = "chips"; root.focus(); draw(); }
      return;
    }
    event.preventDefault();
    press(event.key, event.shiftKey);
  });
  for (const kind of ["keyup", "keypress"]) root.addEventListener(kind, (event) => event.stopPropagation());
  root.addEventListener("mousedown", (event) => {
    event.stopPropagation(); // a click in here chooses no cell
    if (event.target.tagName !== "INPUT") root.focus({ preventScroll: true });
  });
  for (const kind of ["focusin", "focusout"]) {
    root.addEventListener(kind, () => setTimeout(() => {
      const state = root.querySelector(".state");
      if (state) state.textContent = held() ? "keys are on" : "click here, or Tab, for the keys";
    }));
  }

  // --- offsets: code points of the text, as in the table ---------------------------------------

  function cutWords(parts) {
    if (!parts.length) return [];
    const whole = parts.map((part) => part.words).join("");
    const words = [];
    let at = parts[0].at;
    let read = 0;
    for (const match of whole.matchAll(/(\S+)(\s*)/gu)) {
      at += [...whole.slice(read, match.index)].length;
      words.push({ at, end: at + [...match[1]].length, words: match[1], gap: match[2] });
      at += [...match[1]].length;
      read = match.index + match[1].length;
    }
    return words;
  }

  function readSelection() {
    const selection = document.getSelection();
    const area = root.querySelector(".words");
    if (!area || !selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    if (!area.contains(range.startContainer) || !area.contains(range.endContainer)) return null;
    const find = (node, offset) => {
      const part = node.nodeType === 3 ? node.parentElement : node.children[offset];
      if (!part) return view().text.at(-1).at + [...view().text.at(-1).words].length;
      const before = node.nodeType === 3 ? node.data.slice(0, offset) : "";
      return Number(part.dataset.at) + [...before].length;
    };
    const start = find(range.startContainer, range.startOffset);
    const end = find(range.endContainer, range.endOffset);
    selection.removeAllRanges();
    return start < end ? { start, end } : null;
  }

  draw();
}

export default { render };
