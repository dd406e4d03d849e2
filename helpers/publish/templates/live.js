// A figure of a notebook made live: hover a mark, keep its sentences, choose by source, place and
// assertion. See helpers/publish/notebook/live.py. One page may hold several figures, each in its own
// shadow.

const FILTERS = { source: "source", place: "place", assertion: "who stands behind it" };
const STYLE = `
  :host { display: block; position: relative; font: 13px/1.45 system-ui, sans-serif; color: #1b1b1b; }
  .bar { display: flex; flex-wrap: wrap; gap: .4em 1em; align-items: baseline; margin: 0 0 .5em;
         color: var(--jp-content-font-color1, #1b1b1b); }
  select, button { font: inherit; max-width: 15em; }
  .paper { background: #fff; }
  .paper svg { display: block; max-width: 100%; height: auto; }
  .off { opacity: .12; }
  a:focus { outline: 1.5px solid #0072b2; }
  .tip, .kept { background: #fff; border: 1px solid #d4d4d4; padding: .5em .7em; }
  .tip { position: absolute; z-index: 9; width: max-content; max-width: 26em; pointer-events: none;
         box-shadow: 0 2px 8px #0003; }
  .tip .around { display: none; }
  .kept { margin-top: .5em; max-height: 22em; overflow: auto; }
  blockquote { margin: .2em 0 .7em; }
  .around { color: #595959; }
  .from { display: block; color: #595959; }
  .kept a { color: #0072b2; }
  [hidden] { display: none !important; }
`;

const make = (name, words = "", looks = "") => {
  const element = document.createElement(name);
  element.textContent = words;
  if (looks) element.className = looks;
  return element;
};

// --- a sentence ------------------------------------------------------------------------------

function writeSentence(view, sentence, linked) {
  const block = make("blockquote");
  block.dir = "auto";
  block.append(make("span", sentence.before, "around"), make("b", `“${sentence.quote}”`));
  block.append(make("span", sentence.after, "around"));
  const from = make("span", [sentence.document, ...(sentence.source ?? [])].join(" · "), "from");
  if (linked) {
    const link = make("a", "in the text");
    link.href = view.way + sentence.address;
    link.target = "evidence";
    from.append(" · ", link);
  }
  block.append(from);
  return block;
}

const listSentences = (view, mark) => view.marks[mark].map((n) => view.sentences[n]);

function writeSentences(view, mark, linked, most) {
  const sentences = listSentences(view, mark);
  const blocks = sentences.slice(0, most).map((one) => writeSentence(view, one, linked));
  if (sentences.length > most) blocks.push(make("p", `and ${sentences.length - most} more`));
  return blocks;
}

// --- choosing --------------------------------------------------------------------------------

const fits = (sentence, chosen) =>
  Object.entries(chosen).every(([name, value]) => !value || (sentence[name] ?? []).includes(value));

// What belongs to a row (its words, the bar of its days) stands in the ground of its mark, not in
// the mark itself; it is told by where it is drawn.
function findBeside(paper, marks) {
  const inside = (box, one) =>
    one.left >= box.left - 1 && one.right <= box.right + 1
      && one.top >= box.top - 1 && one.bottom <= box.bottom + 1;
  const drawn = [...paper.querySelectorAll("text, path, use")]
    .filter((one) => !one.closest('[id^="mark-"], defs, clipPath'))
    .map((one) => [one, one.getBoundingClientRect()]);
  const beside = new Map();
  for (const [mark, group] of marks) {
    const box = group.getBoundingClientRect();
    beside.set(mark, drawn.filter(([, at]) => inside(box, at)).map(([one]) => one));
  }
  return beside;
}

function makeFilters(view, apply) {
  const bar = make("div", "", "bar");
  const chosen = {};
  const shown = make("output");
  for (const [name, label] of Object.entries(FILTERS)) {
    const values = new Set(Object.values(view.sentences).flatMap((one) => one[name] ?? []));
    if (values.size < 2) continue;
    const select = make("select");
    select.name = name;
    select.append(new Option(`every ${name}`, ""));
    for (const value of [...values].sort()) select.append(new Option(value, value));
    select.addEventListener("change", () => {
      chosen[name] = select.value;
      shown.textContent = apply(chosen);
    });
    const field = make("label", `${label} `);
    field.append(select);
    bar.append(field);
  }
  bar.append(shown);
  return bar;
}

// --- one figure ------------------------------------------------------------------------------

// A page ignores @font-face in a shadow; the letters are named for their figure and may be shared.
function shareFonts(svg) {
  for (const style of svg.querySelectorAll("style")) {
    for (const face of style.textContent.match(/@font-face\s*{[^}]*}/g) ?? []) {
      const known = [...document.head.querySelectorAll("style[data-figure-font]")];
      if (known.some((one) => one.textContent === face)) continue;
      const shared = make("style", face);
      shared.dataset.figureFont = "";
      document.head.append(shared);
    }
  }
}

function enliven(host, view) {
  const shadow = host.attachShadow({ mode: "open" });
  const paper = make("div", "", "paper");
  const parsed = new DOMParser().parseFromString(view.svg, "image/svg+xml");
  const svg = document.importNode(parsed.documentElement, true);
  shareFonts(svg);
  paper.append(svg);
  const tip = make("div", "", "tip");
  const kept = make("div", "", "kept");
  tip.hidden = kept.hidden = true;
  kept.setAttribute("aria-live", "polite");
  const marks = new Map();
  for (const mark of Object.keys(view.marks)) {
    const group = svg.querySelector(`[id="mark-${CSS.escape(mark)}"]`);
    if (group) marks.set(mark, group);
  }
  let beside;
  const apply = (chosen) => {
    beside ??= findBeside(paper, marks);
    let left = 0;
    for (const [mark, group] of marks) {
      const sentences = listSentences(view, mark);
      const on = !sentences.length || sentences.some((one) => fits(one, chosen));
      left += on;
      for (const part of [group, ...beside.get(mark)]) part.classList.toggle("off", !on);
    }
    return `${left} of ${marks.size} marks`;
  };
  for (const [mark, group] of marks) follow(group, mark);

  function follow(group, mark) {
    const show = (x, y) => { // in the page; the tip is placed from the corner of its host
      tip.replaceChildren(...writeSentences(view, mark, false, 3));
      tip.hidden = !tip.childElementCount;
      const home = host.getBoundingClientRect();
      const { width, height } = tip.getBoundingClientRect();
      const above = y + 16 + height > innerHeight;
      tip.style.left = `${Math.max(0, Math.min(x - home.left + 12, home.width - width))}px`;
      tip.style.top = `${y - home.top + (above ? -12 - height : 16)}px`;
    };
    for (const title of group.querySelectorAll("title")) title.remove(); // shown by the tip
    group.addEventListener("mousemove", (event) => show(event.clientX, event.clientY));
    group.addEventListener("mouseleave", () => { tip.hidden = true; });
    for (const link of group.querySelectorAll("a")) {
      const href = link.getAttribute("href") ?? link.getAttribute("xlink:href") ?? "";
      link.setAttribute("href", view.way + href);
      link.setAttribute("aria-label", listSentences(view, mark).map((one) => one.quote).join("; "));
      link.addEventListener("blur", () => { tip.hidden = true; });
      link.addEventListener("focus", () => {
        const box = link.getBoundingClientRect();
        show(box.right, box.bottom);
      });
      link.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || !view.marks[mark].length) return;
        event.preventDefault();
        tip.hidden = true;
        kept.replaceChildren(...writeSentences(view, mark, true, Infinity));
        kept.hidden = false;
      });
    }
  }

  const style = make("style", STYLE);
  shadow.append(style, makeFilters(view, apply), paper, tip, kept);
}

// --- where it goes ---------------------------------------------------------------------------

// The picture that a cell shows before its table of sentences.
function findPicture(table) {
  const area = table.closest(".jp-OutputArea, .output_area, .output");
  const before = (image) =>
    image.compareDocumentPosition(table) & Node.DOCUMENT_POSITION_FOLLOWING;
  return [...(area?.querySelectorAll("img") ?? [])].filter(before).at(-1);
}

function hang(views) {
  for (const table of document.querySelectorAll("details[data-figure]")) {
    const view = views.get(table.dataset.figure);
    if (!view || table.dataset.live !== undefined) continue;
    table.dataset.live = "";
    const host = make("div", "", "eleven-days-live");
    const picture = findPicture(table);
    if (picture) {
      host.style.maxWidth = picture.getAttribute("width") ? `${picture.width}px` : "";
      picture.style.display = "none";
      picture.after(host);
    } else {
      table.before(host);
    }
    enliven(host, view);
  }
}

export default {
  initialize({ model }) {
    const home = (globalThis.elevenDays ??= { views: new Map() });
    const view = JSON.parse(model.get("view"));
    home.views.set(view.token, view);
    hang(home.views);
    if (!home.watch) { // a cell's outputs come when they come, and again when it is run again
      home.watch = new MutationObserver(() => hang(home.views));
      home.watch.observe(document.body, { childList: true, subtree: true });
    }
    model.send("taken");
  },
};
