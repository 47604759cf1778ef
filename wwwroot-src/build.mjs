// Builds everything in Intranet.Web/wwwroot/assets. The same sources give the same bytes, so that CI can rebuild and
// compare: names carry a hash of the content, nothing carries a time or a path.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import esbuild from 'esbuild';
import { prune } from './prune.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const out = join(here, '../Intranet.Web/wwwroot/assets');
const text = (path) => readFileSync(join(here, path), 'utf8').replaceAll('\r\n', '\n');

const check = spawnSync(process.execPath, [join(here, 'node_modules/typescript/bin/tsc'), '-p', here], { stdio: 'inherit' });
if (check.status !== 0) process.exit(check.status ?? 1);

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const files = {};

function emit(name, content) {
  const dot = name.lastIndexOf('.');
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 10);
  const hashed = `${name.slice(0, dot)}.${hash}${name.slice(dot)}`;
  writeFileSync(join(out, hashed), content);
  files[name] = hashed;
  console.log(`${hashed.padEnd(30)} ${String(content.length).padStart(8)} bytes ${String(brotliCompressSync(content).length).padStart(7)} compressed`);
}

// Scripts: app.ts and theme.ts for every page, and one bundle for each file in pages/ (asked for by the page that needs it).
const pages = existsSync(join(here, 'pages')) ? readdirSync(join(here, 'pages')).filter((f) => f.endsWith('.ts')).sort() : [];
for (const entry of ['theme.ts', 'app.ts', ...pages.map((f) => `pages/${f}`)]) {
  const built = await esbuild.build({
    entryPoints: [join(here, entry)],
    absWorkingDir: here,
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    legalComments: 'none',
    logLevel: 'warning',
  });
  emit(entry.replace(/^pages\//, '').replace(/\.ts$/, '.js'), built.outputFiles[0].text);
}

// One style sheet: Tabler without the parts we never use, then our own rules.
const tabler = prune(text('node_modules/@tabler/core/dist/css/tabler.min.css'));
const css = await esbuild.transform(tabler + text('app.css'), { loader: 'css', minify: true, legalComments: 'none' });
emit('app.css', `/*! Tabler 1.6.1, MIT, https://tabler.io */\n${css.code}`);

// One sprite with the icons named in icons.txt.
const icons = text('icons.txt').split('\n').map((line) => line.trim()).filter((line) => line && !line.startsWith('#')).sort();
const symbols = icons.map((name) => {
  const svg = text(`node_modules/@tabler/icons/icons/outline/${name}.svg`);
  const shapes = svg.replace(/<!--[\s\S]*?-->/g, '').replace(/^[\s\S]*?<svg[^>]*>|<\/svg>\s*$/g, '').replace(/\s*\n\s*/g, '').replace('<path stroke="none" d="M0 0h24v24H0z" fill="none" />', '');
  return `<symbol id="${name}" viewBox="0 0 24 24">${shapes.replaceAll(' />', '/>')}</symbol>`;
});
emit('icons.svg', `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join('\n')}\n</svg>\n`);
emit('brand.svg', text('brand.svg'));

writeFileSync(join(out, 'manifest.json'), JSON.stringify({ files, icons }, null, 2) + '\n');
