// Chart options in the page's own colours. Tooltips are drawn on the canvas (richText): the
// content security policy forbids the inline styles of HTML ones.
const LOCALE = document.documentElement.lang || 'en';
const compact = new Intl.NumberFormat(LOCALE, { notation: 'compact', maximumFractionDigits: 1 });
const percent = new Intl.NumberFormat(LOCALE, { style: 'percent', maximumFractionDigits: 0 });

const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--xd-${name}`).trim();

function number(unit) {
  return (value) => (unit === 'share' ? percent.format(value) : compact.format(value));
}

function seriesOf(box, data, lying) {
  return data.series.map((one, index) => {
    const color = token(one.tone || `series-${index + 1}`);
    const bar = one.kind === 'bar';
    return {
      name: one.name,
      type: bar ? 'bar' : 'line',
      stack: box.dataset.stack && bar ? 'all' : undefined,
      barMaxWidth: 44,
      symbolSize: 5,
      showSymbol: data.labels.length < 14,
      connectNulls: false,
      color,
      areaStyle: one.kind === 'area' ? { opacity: 0.12 } : undefined,
      itemStyle: bar ? { borderRadius: lying ? [0, 3, 3, 0] : [3, 3, 0, 0] } : undefined,
      data: one.values.map((value, row) =>
        data.tones[row] && data.series.length === 1 ? { value, itemStyle: { color: token(data.tones[row]) } } : value,
      ),
    };
  });
}

function tooltip(data) {
  return {
    trigger: 'axis',
    renderMode: 'richText',
    confine: true,
    axisPointer: { type: 'shadow' },
    formatter: (points) =>
      [data.labels[points[0].dataIndex], ...points.map((one) => `${one.seriesName}: ${data.series[one.seriesIndex].texts[one.dataIndex] || '–'}`)].join('\n'),
  };
}

export function options(box, data, width) {
  const lying = box.dataset.chart === 'buckets' && width < 480;
  const ink = token('axis');
  const labels = {
    type: 'category',
    data: data.labels,
    inverse: lying,
    axisTick: { show: false },
    axisLine: { lineStyle: { color: token('rule') } },
    axisLabel: { color: ink, hideOverlap: true, interval: box.dataset.chart === 'buckets' ? 0 : undefined },
  };
  const values = {
    type: 'value',
    splitNumber: 4,
    axisLabel: { color: ink, formatter: number(box.dataset.unit), hideOverlap: true },
    splitLine: { lineStyle: { color: token('rule') } },
  };
  const many = data.series.length > 1;
  return {
    animation: false, // a figure is there at once, also on paper and for a moved window
    aria: { enabled: true, label: { description: box.dataset.label } },
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    legend: many ? { top: 0, left: 0, itemWidth: 14, itemHeight: 10, textStyle: { color: ink } } : undefined,
    grid: { left: 4, right: 12, top: many ? 34 : 12, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    tooltip: tooltip(data),
    xAxis: lying ? values : labels,
    yAxis: lying ? labels : values,
    series: seriesOf(box, data, lying),
  };
}
