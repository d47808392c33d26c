// Builds the console's assets into src/xindun/web/static/web. Run through scripts/assets.py,
// which also writes the manifest that a test holds against these sources.
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { build, transform } from 'esbuild';
import * as sass from 'sass';

const OUT = '../src/xindun/web/static/web';
// Tabler's colours are light-dark() pairs, which browsers know since the spring of 2024.
const TARGET = ['chrome123', 'firefox120', 'safari17.5'];
const ICONS = (await readFile('src/icons.txt', 'utf8')).split('\n').filter(Boolean);

await mkdir(OUT, { recursive: true });

await build({
  entryPoints: ['src/js/app.js', 'src/js/charts.js', 'src/js/theme.js'],
  bundle: true,
  minify: true,
  format: 'iife',
  target: TARGET,
  outdir: OUT,
  legalComments: 'eof',
  charset: 'utf8',
});

const css = sass.compile('src/app.scss', { loadPaths: ['node_modules'], quietDeps: true });
const minified = await transform(css.css, { loader: 'css', minify: true, target: TARGET, legalComments: 'eof' });
await writeFile(`${OUT}/app.css`, minified.code);

// One sprite of the icons in use: <svg><use href="icons.svg#name"></use></svg>.
const symbols = await Promise.all(
  ICONS.map(async (name) => {
    const svg = await readFile(`node_modules/@tabler/icons/icons/outline/${name}.svg`, 'utf8');
    const body = svg.slice(svg.indexOf('>', svg.indexOf('<svg')) + 1, svg.lastIndexOf('</svg>')).replace(/\s+/g, ' ').trim();
    return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">${body}</symbol>`;
  }),
);
await writeFile(`${OUT}/icons.svg`, `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>\n`);

await copyFile('src/mark.svg', `${OUT}/mark.svg`);

// The licences of what is inside the built files travel with them.
const PARTS = {
  '@tabler/core': 'dist/css/tabler.css', // has no licence file; its banner stands in the style sheet
  '@tabler/icons': 'LICENSE',
  'htmx.org': 'LICENSE',
  echarts: 'LICENSE',
  zrender: 'LICENSE',
  tslib: 'LICENSE.txt',
};
const licences = await Promise.all(
  Object.entries(PARTS).map(async ([name, file]) => {
    const { version, license } = JSON.parse(await readFile(`node_modules/${name}/package.json`, 'utf8'));
    let text = await readFile(`node_modules/${name}/${file}`, 'utf8');
    if (file.endsWith('.css')) text = text.slice(text.indexOf('/*'), text.indexOf('*/') + 2);
    return `${name} ${version} (${license})\n\n${text.trim()}\n`;
  }),
);
await writeFile(`${OUT}/licences.txt`, licences.join(`\n${'-'.repeat(72)}\n\n`));
