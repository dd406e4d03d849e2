"use strict";
(() => {
  const all = (what, where = document) => [...where.querySelectorAll(what)];
  const box = document.getElementById("source"), said = document.getElementById("proof");
  const find = href => document.getElementById(decodeURIComponent(href.slice(1)));

  // SHA-256 where the browser has none for a page opened from disk or a mail (FIPS 180-4).
  function digest(bytes) {
    const primes = [];
    for (let n = 2; primes.length < 64; n++) if (primes.every(prime => n % prime)) primes.push(n);
    const part = (n, root) => { const value = n ** (1 / root); return ((value - Math.floor(value)) * 2 ** 32) | 0; };
    const k = primes.map(prime => part(prime, 3)), h = primes.slice(0, 8).map(prime => part(prime, 2));
    const turn = (x, n) => (x >>> n) | (x << (32 - n));
    const data = new Uint8Array(((bytes.length + 72) >> 6) << 6), view = new DataView(data.buffer), w = new Int32Array(64);
    data.set(bytes);
    data[bytes.length] = 128;
    view.setUint32(data.length - 8, Math.floor(bytes.length / 2 ** 29));
    view.setUint32(data.length - 4, bytes.length << 3);
    for (let at = 0; at < data.length; at += 64) {
      for (let i = 0; i < 64; i++) {
        if (i < 16) { w[i] = view.getInt32(at + 4 * i); continue; }
        const x = w[i - 15], y = w[i - 2];
        w[i] = w[i - 16] + (turn(x, 7) ^ turn(x, 18) ^ (x >>> 3)) + w[i - 7] + (turn(y, 17) ^ turn(y, 19) ^ (y >>> 10));
      }
      let [a, b, c, d, e, f, g, last] = h;
      for (let i = 0; i < 64; i++) {
        const one = (last + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + k[i] + w[i]) | 0;
        const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        [last, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
      }
      [a, b, c, d, e, f, g, last].forEach((value, i) => { h[i] = (h[i] + value) | 0; });
    }
    return h.map(value => (value >>> 0).toString(16).padStart(8, "0")).join("");
  }
  async function sum(words) {
    const bytes = new TextEncoder().encode(words);
    if (!globalThis.crypto?.subtle) return digest(bytes);
    const made = await crypto.subtle.digest("SHA-256", bytes);
    return [...new Uint8Array(made)].map(byte => byte.toString(16).padStart(2, "0")).join("");
  }

  async function check() {
    const wrong = new Set();
    let quotes = 0;
    const judge = async (element, words, right) => {
      const same = await sum(words) === right;
      element.classList.toggle("changed", !same);
      if (!same) wrong.add(element.closest("article, li, figure, table, p, h1, h2") || element);
    };
    const proven = all("[data-proof]");
    for (const element of proven) await judge(element, element.textContent, element.dataset.proof);
    for (const text of proven) {
      const points = all("[data-quote]", text);
      const letters = points.length ? Array.from(text.textContent) : [];
      for (const quote of points) {
        quotes += 1;
        await judge(quote, letters.slice(+quote.dataset.from, +quote.dataset.to).join(""), quote.dataset.quote);
      }
    }
    const texts = all("#texts article").length;
    said.classList.toggle("changed", wrong.size > 0);
    if (!wrong.size) {
      said.textContent = `Checked in this page: ${texts} text${texts === 1 ? "" : "s"} and ${quotes} quote${quotes === 1 ? "" : "s"} are as they were when it was made (SHA-256).`;
      return;
    }
    said.setAttribute("role", "alert");
    said.textContent = `Changed since this page was made (SHA-256 differs), do not rely on it: ${[...wrong].map(tell).join("; ")}.`;
  }
  const tell = element => (element.querySelector("h3") || element).textContent.trim().replace(/\s+/g, " ").slice(0, 200);

  function show(target) {
    const shown = box.querySelector(".shown"), title = box.querySelector("h2"), origin = box.querySelector(".origin");
    const article = target.closest("article");
    shown.replaceChildren();
    if (article) {
      const part = (target.closest(".text") || article.querySelector(".text")), copy = part ? part.cloneNode(true) : document.createElement("p");
      all("[id]", copy).forEach(node => node.removeAttribute("id"));
      all("mark", copy).forEach(mark => mark.classList.toggle("on", mark.dataset.of.split(" ").includes(target.id)));
      title.textContent = article.querySelector("h3").textContent;
      origin.replaceChildren(...article.querySelector(".origin").cloneNode(true).childNodes);
      shown.append(copy);
    } else {
      title.textContent = target.querySelector("bdi").textContent;
      origin.textContent = "The sentences behind it:";
      const list = document.createElement("ol");
      for (const link of all("a", target)) {
        const item = document.createElement("li"), place = find(link.hash);
        const quote = place ? all(`mark[data-of~="${CSS.escape(place.id)}"]`).map(mark => mark.textContent).join("") : "";
        item.append(`“${quote}” `, link.cloneNode(true));
        list.append(item);
      }
      shown.append(list);
    }
    if (!box.open) box.show();
    const on = box.querySelector(".on");
    if (on) on.scrollIntoView({ block: "center" }); else shown.scrollTop = 0;
    title.focus({ preventScroll: true });
  }

  let from = null;
  document.addEventListener("click", event => {
    const link = event.target.closest("a[href^='#']");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const href = link.getAttribute("href"), target = find(href);
    if (!target?.closest("#texts article, .behind li") || target.closest("#source")) return;
    event.preventDefault();
    if (!box.contains(link)) from = link;
    show(target);
  });
  box.addEventListener("close", () => from?.focus({ preventScroll: true }));
  document.addEventListener("keydown", event => { if (event.key === "Escape" && box.open) box.close(); });
  const title = document.querySelector("h1");
  if (title) title.after(said); else document.body.prepend(said);
  check();
})();
