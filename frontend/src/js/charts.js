// Draws a chart from the accessible table beside it: one source of numbers, and without
// JavaScript the table is simply there. Loaded only by pages that have charts.
import { BarChart, LineChart } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { readTable } from './table.js';
import { options } from './options.js';

use([BarChart, LineChart, AriaComponent, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer]);

const drawn = new Map();

function draw(box) {
  const table = box.querySelector('table');
  if (!table || drawn.has(box)) return;
  const canvas = document.createElement('div');
  canvas.className = 'chart-canvas';
  canvas.setAttribute('role', 'img');
  box.prepend(canvas);
  box.classList.add('is-drawn');
  box.querySelector('details.chart-data')?.removeAttribute('open');
  const chart = init(canvas, null, { renderer: 'canvas', locale: document.documentElement.lang.startsWith('zh') ? 'ZH' : 'EN' });
  drawn.set(box, chart);
  const paint = () => {
    chart.resize();
    chart.setOption(options(box, readTable(table), canvas.clientWidth), true);
  };
  paint();
  new ResizeObserver(paint).observe(canvas);
}

function drawAll(root) {
  for (const [box, chart] of drawn) {
    if (!box.isConnected) {
      chart.dispose();
      drawn.delete(box);
    }
  }
  for (const box of root.querySelectorAll('[data-chart]')) draw(box);
}

drawAll(document);
document.addEventListener('htmx:afterSettle', () => drawAll(document));
