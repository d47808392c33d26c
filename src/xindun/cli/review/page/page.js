"use strict";
// Sorts and filters the table of buyers, opens a buyer that is linked to, and opens everything
// for print. The report reads completely without any of it.
(() => {
  const table = document.querySelector("table.accounts");
  if (table) {
    const body = table.tBodies[0];
    const value = (row, place) => {
      const cell = row.cells[place];
      const text = cell.dataset.v ?? cell.textContent.trim();
      return { text, number: text === "" ? NaN : Number(text) };
    };
    table.querySelectorAll("thead th").forEach((head, place) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const up = head.getAttribute("aria-sort") === "descending";
        table.querySelectorAll("th[aria-sort]").forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", up ? "ascending" : "descending");
        const rows = [...body.rows].map((row) => ({ row, ...value(row, place) }));
        rows.sort((a, b) => {
          const numbers = !Number.isNaN(a.number) || !Number.isNaN(b.number);
          if (numbers && Number.isNaN(a.number)) return 1;
          if (numbers && Number.isNaN(b.number)) return -1;
          const order = numbers ? a.number - b.number : a.text.localeCompare(b.text);
          return up ? order : -order;
        });
        body.append(...rows.map((entry) => entry.row));
      });
    });
    const tools = document.querySelector(".tools");
    const search = tools.querySelector("input");
    tools.hidden = false;
    search.addEventListener("input", () => {
      const wanted = search.value.trim().toLowerCase();
      for (const row of body.rows) row.hidden = !row.textContent.toLowerCase().includes(wanted);
    });
  }
  const open = () => {
    const target = document.getElementById(location.hash.slice(1));
    if (target instanceof HTMLDetailsElement) target.open = true;
  };
  window.addEventListener("hashchange", open);
  open();
  window.addEventListener("beforeprint", () => {
    document.querySelectorAll("details").forEach((part) => { part.open = true; });
  });
})();
