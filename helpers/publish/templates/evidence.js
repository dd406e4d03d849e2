"use strict";
(() => {
  const all = (what, where = document) => [...where.querySelectorAll(what)];
  const bar = document.querySelector(".bar");
  const cards = all(".cards > li");
  const claims = cards.filter(card => card.dataset.measure);
  const nameOf = new Map(cards.map(card => [card, decodeURIComponent(card.firstElementChild.hash.slice(1))]));
  const cardOf = new Map(cards.map(card => [nameOf.get(card), card]));
  const marks = all("article [data-claims], article [data-readings]").map(mark => ({
    mark, of: [mark.dataset.claims, mark.dataset.readings].join(" ").trim().split(/\s+/),
  }));
  const texts = all("[data-counts]"); // of the index, which has no claims of its own
  const topics = new Map((bar ? all("optgroup option", bar) : []).map(option => [option.value, option.parentNode.label]));
  const topicOf = card => card.dataset.topic || topics.get(card.dataset.measure);
  const isHidden = card => card.hidden || card.closest("article").hidden;
  const place = card => document.getElementById(nameOf.get(card));
  let current = null;

  const fold = (card, folded) => {
    const more = card.lastElementChild, head = card.firstElementChild;
    if (folded) more.setAttribute("hidden", "until-found"); else more.removeAttribute("hidden"); // find in page still looks inside
    head.setAttribute("aria-expanded", String(!folded));
  };
  const light = (card, name, on) => marks.forEach(({ mark, of }) => of.includes(nameOf.get(card)) && mark.classList.toggle(name, on));

  function letGo() {
    if (!current) return;
    light(current, "on", false);
    current.classList.remove("on");
    fold(current, true);
    current = null;
    if (location.hash) history.replaceState(null, "", location.pathname + location.search);
  }

  function choose(card, scroll = true) {
    if (isHidden(card)) showAll();
    letGo();
    current = card;
    card.classList.add("on");
    fold(card, false);
    light(card, "on", true);
    history.replaceState(null, "", "#" + encodeURIComponent(nameOf.get(card)));
    if (scroll) place(card).scrollIntoView();
  }

  function step(by) {
    const shown = claims.filter(card => !isHidden(card));
    let at = shown.indexOf(current);
    if (at < 0) { // from where the reader is
      at = shown.findIndex(card => place(card).getBoundingClientRect().top > bar.getBoundingClientRect().bottom);
      at = (at < 0 ? shown.length : at) - (by > 0 ? 1 : 0);
    }
    const card = shown[at + by];
    if (!card) return;
    choose(card);
    card.firstElementChild.focus({ preventScroll: true });
  }

  function filter() {
    const wanted = Object.fromEntries(all("select", bar).map(select => [select.name, select.value]));
    const active = Object.values(wanted).some(Boolean);
    const fits = card => (!wanted.topic || topicOf(card) === wanted.topic) && ["measure", "review"].every(name => !wanted[name] || card.dataset[name] === wanted[name]);
    all("article").forEach(article => { article.hidden = Boolean(wanted.document) && article.id !== wanted.document; });
    cards.forEach(card => { card.hidden = !fits(card); });
    const shown = new Set(cards.filter(card => !isHidden(card)).map(card => nameOf.get(card)));
    marks.forEach(({ mark, of }) => mark.classList.toggle("off", !of.some(anchor => shown.has(anchor))));
    all(".row").forEach(row => row.classList.toggle("quiet", active && !all(".cards > li", row).some(card => !card.hidden)));
    if (current && isHidden(current)) letGo();
    const [number, total] = texts.length ? countTexts(wanted) : [claims.filter(card => !isHidden(card)).length, claims.length];
    bar.querySelector("output").textContent = `${number.toLocaleString("en")} of ${total.toLocaleString("en")} claims`;
    bar.querySelector("[type=reset]").disabled = !active;
  }

  function countTexts(wanted) {
    const numberOf = name => bar.elements[name].selectedOptions[0].dataset.number;
    const topics = new Map(all("optgroup option", bar).map(option => [option.dataset.number, option.parentNode.label]));
    let number = 0, total = 0;
    for (const text of texts) {
      let here = 0;
      for (const [, measure, review, n] of text.dataset.counts.matchAll(/(\d+)\.(\d+):(\d+)/g)) {
        total += +n;
        if ((!wanted.topic || topics.get(measure) === wanted.topic) && (!wanted.measure || numberOf("measure") === measure) && (!wanted.review || numberOf("review") === review)) here += +n;
      }
      text.hidden = !here && Object.values(wanted).some(Boolean);
      number += here;
    }
    return [number, total];
  }

  function showAll() {
    all("select", bar).forEach(select => { select.value = ""; });
    filter();
  }

  // The page that an anchor of a corpus with a page a text is on: what the text lists, else the text whose id it begins with.
  function findPage(anchor) {
    const other = texts.find(text => (text.dataset.other || "").split(" ").includes(anchor));
    if (other) return other.dataset.href;
    const ids = new Map(texts.map(text => [text.id, text.dataset.href]));
    const parts = anchor.split("-");
    for (let n = parts.length - 1; n > 0; n--) {
      const page = ids.get("document-" + parts.slice(0, n).join("-"));
      if (page) return page;
    }
    return ids.get(anchor) || (/[.]|^question-/.test(anchor) ? "marks.html" : "");
  }

  function land() {
    let anchor = location.hash.slice(1);
    try { anchor = decodeURIComponent(anchor); } catch { return; }
    if (!anchor) return;
    const page = texts.length ? findPage(anchor) : "";
    if (page) return location.replace(page + location.hash);
    if (cardOf.has(anchor)) return choose(cardOf.get(anchor));
    const target = document.getElementById(anchor);
    if (!target) return;
    if (target.closest("[hidden]")) showAll();
    const folded = target.closest("details");
    if (folded) folded.open = true;
    target.scrollIntoView();
  }

  document.documentElement.classList.add("js"); // until here, and without a script, everything stands open
  cards.forEach(card => fold(card, true));
  const details = all("details.folded");
  details.forEach(element => { element.open = false; });
  if (bar) {
    bar.querySelector("details").open = matchMedia("(min-width: 60rem)").matches;
    bar.addEventListener("change", filter);
    bar.addEventListener("submit", event => event.preventDefault());
    bar.addEventListener("reset", () => setTimeout(filter));
    for (const [name, act] of [["previous", () => step(-1)], ["next", () => step(1)], ["off", letGo]]) {
      if (bar.elements[name]) bar.elements[name].addEventListener("click", act);
    }
    filter();
  }
  document.addEventListener("keydown", event => {
    if (event.key === "Escape") return letGo();
    if (!bar || !bar.elements.keys || !bar.elements.keys.checked || event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("select")) return;
    const by = { n: 1, j: 1, p: -1, k: -1 }[event.key];
    if (by) { event.preventDefault(); step(by); }
  });
  document.addEventListener("click", event => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const head = event.target.closest(".cards > li > a");
    if (head) {
      event.preventDefault();
      const card = head.parentNode, { top, bottom } = place(card).getBoundingClientRect();
      return card === current ? letGo() : choose(card, top < bar.getBoundingClientRect().bottom || bottom > innerHeight * 0.5);
    }
    const mark = event.target.closest("[data-claims]:not(.off), [data-readings]:not(.off)");
    const over = marks.find(entry => entry.mark === mark);
    if (!over || event.target.closest("a") || !getSelection().isCollapsed) return;
    const shown = over.of.filter(anchor => !isHidden(cardOf.get(anchor))); // another click, another of the claims over these words
    choose(cardOf.get(shown[(shown.indexOf(current && nameOf.get(current)) + 1) % shown.length]), false);
  });
  for (const [name, on] of [["mouseover", true], ["mouseout", false]]) {
    document.addEventListener(name, event => { const card = event.target.closest(".cards > li"); if (card) light(card, "hint", on); });
  }
  document.addEventListener("beforematch", event => { const card = event.target.closest(".cards > li"); if (card) choose(card, false); });
  let closed = [];
  addEventListener("beforeprint", () => { closed = details.filter(element => !element.open); closed.forEach(element => { element.open = true; }); });
  addEventListener("afterprint", () => closed.forEach(element => { element.open = false; }));
  addEventListener("hashchange", land);
  land();
})();
