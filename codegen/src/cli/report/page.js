"use strict";
// The search shows the rows that hold every word, in all tables.
const search = document.getElementById("search");
const shown = document.getElementById("shown");
const tables = Array.from(document.querySelectorAll("table.searched"), (table) => ({
  id: table.id,
  count: table.parentElement.querySelector(".count"),
  rows: Array.from(table.tBodies[0].rows, (row) => ({
    row,
    text: row.textContent.toLowerCase(),
  })),
}));

function filter() {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const table of tables) {
    let count = 0;
    for (const { row, text } of table.rows) {
      row.hidden = !words.every((word) => text.includes(word));
      if (!row.hidden) count += 1;
    }
    const all = table.rows.length;
    table.count.textContent = count === all ? all : `${count} of ${all}`;
    if (table.id === "modules") {
      shown.value = words.length ? `${count} of ${all}` : "";
    }
  }
}

search.addEventListener("input", filter);
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && document.activeElement !== search) {
    event.preventDefault();
    search.focus();
  }
});
filter();
