"use strict";
// The search shows the rows that hold every word, in all tables.
const search = document.getElementById("search");
const shown = document.getElementById("shown");
const tables = Array.from(document.querySelectorAll("table"), (table) => ({
  table,
  count: table.parentElement.querySelector(".count"),
  rows: Array.from(table.tBodies[0].rows, (row) => ({
    row,
    text: row.textContent.toLowerCase(),
  })),
}));

function filter() {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const { table, count, rows } of tables) {
    let found = 0;
    for (const { row, text } of rows) {
      row.hidden = !words.every((word) => text.includes(word));
      if (!row.hidden) found += 1;
    }
    count.textContent = found === rows.length ? found : `${found} of ${rows.length}`;
    if (table.id === "modules") {
      shown.value = words.length ? `${found} of ${rows.length}` : "";
    }
  }
}

// The heading of a column sorts by it, and once more the other way.
function sort(table, rows, column) {
  const headings = Array.from(table.tHead.rows[0].cells);
  const isNumber = headings[column].classList.contains("number");
  const before = headings[column].getAttribute("aria-sort");
  const down = before ? before === "ascending" : isNumber;
  for (const heading of headings) heading.removeAttribute("aria-sort");
  headings[column].setAttribute("aria-sort", down ? "descending" : "ascending");
  const key = ({ row }) => {
    const cell = row.cells[column];
    return isNumber ? Number(cell.dataset.n ?? -1) : cell.textContent.toLowerCase();
  };
  const keyed = rows.map((row) => [key(row), row.row]);
  const order = ([a], [b]) => (a < b ? -1 : a > b ? 1 : 0);
  keyed.sort(down ? (a, b) => order(b, a) : order);
  table.tBodies[0].append(...keyed.map(([, row]) => row));
}

for (const { table, rows } of tables) {
  Array.from(table.tHead.rows[0].cells).forEach((heading, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = heading.textContent;
    button.addEventListener("click", () => sort(table, rows, column));
    heading.replaceChildren(button);
  });
}

search.addEventListener("input", filter);
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && document.activeElement !== search) {
    event.preventDefault();
    search.focus();
  }
});
// A link leads to a row that the search may have hidden.
addEventListener("hashchange", () => {
  const target = document.getElementById(location.hash.slice(1));
  if (target?.hidden) {
    search.value = "";
    filter();
    target.scrollIntoView();
  }
});
document.getElementById("searching").hidden = false;
filter();
