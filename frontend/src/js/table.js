// A table's numbers. Columns with data-series are drawn; a cell's data-value is the number,
// an empty one is a gap and never zero.
export function readTable(table) {
  const heads = [...table.querySelectorAll('thead th')];
  const rows = [...table.querySelectorAll('tbody tr')];
  const series = heads
    .map((head, column) => ({ head, column }))
    .filter(({ head }) => head.dataset.series)
    .map(({ head, column }) => ({
      name: head.dataset.name || head.textContent.trim(),
      kind: head.dataset.series,
      tone: head.dataset.tone,
      values: rows.map((row) => {
        const text = row.children[column]?.dataset.value;
        return text === undefined || text === '' ? null : Number(text);
      }),
      texts: rows.map((row) => row.children[column]?.textContent.trim() ?? ''),
    }));
  return {
    labels: rows.map((row) => row.children[0].dataset.label || row.children[0].textContent.trim()),
    tones: rows.map((row) => row.dataset.tone),
    series,
  };
}
