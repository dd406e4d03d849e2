"use strict";
(() => {
  document.documentElement.classList.add("js");
  const bar = document.querySelector(".bar"), body = document.querySelector(".list tbody");
  const heads = [...document.querySelectorAll(".list th[aria-sort]")];
  const rows = [...body.rows];
  const words = new Map(rows.map(row => [row, row.textContent.toLocaleLowerCase()]));
  const keyOf = (row, at) => row.cells[at].dataset.key ?? row.cells[at].textContent;
  const order = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

  function compare(one, other) {
    if (one === "" || other === "") return (one === "") - (other === ""); // what has none comes last
    const numbers = [Number(one), Number(other)];
    return numbers.every(Number.isFinite) ? numbers[0] - numbers[1] : order.compare(one, other);
  }

  function sort(head) {
    const at = heads.indexOf(head), turn = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
    heads.forEach(other => other.setAttribute("aria-sort", "none"));
    head.setAttribute("aria-sort", turn > 0 ? "ascending" : "descending");
    const sorted = [...rows].sort((one, other) => {
      const keys = [keyOf(one, at), keyOf(other, at)];
      return keys.includes("") ? compare(...keys) : turn * compare(...keys);
    });
    body.append(...sorted);
  }

  function filter() {
    const wanted = [...bar.querySelectorAll("select")].filter(select => select.value);
    const sought = bar.elements.words.value.trim().toLocaleLowerCase();
    let shown = 0;
    for (const row of rows) {
      row.hidden = !(words.get(row).includes(sought) && wanted.every(select => row.getAttribute("data-" + select.name) === select.value));
      shown += !row.hidden;
    }
    bar.querySelector("output").textContent = shown === rows.length ? `${shown} rows` : `${shown} of ${rows.length} rows`;
  }

  heads.forEach(head => head.querySelector("button").addEventListener("click", () => sort(head)));
  bar.addEventListener("input", filter);
  bar.addEventListener("submit", event => event.preventDefault());
  bar.addEventListener("reset", () => setTimeout(filter));
})();
