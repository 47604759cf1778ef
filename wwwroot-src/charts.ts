// Charts from the tables behind them: what the chart draws is what the table says, in its order and its words.
//
// <canvas data-table="orders-table" data-kind="bar" data-stacked role="img" aria-label="…"></canvas>, in a box of class
// "chart" (which has a height). The table's first column is the label, every other one a series with the heading as its
// name. A cell's number is its data-value, or else its text; the tooltip shows the text, as the server formatted it. A
// cell with neither is a gap. Of a heading: data-kind="line" or "bar" where a series differs, data-axis="right" for its
// own scale, data-skip to leave the column out, data-short for a shorter name. Rows in tfoot are not drawn. data-drawn
// then tells how many labels stand under it.
import {
  BarController, BarElement, CategoryScale, Chart, Legend, LinearScale, LineController, LineElement, PointElement, Tooltip,
  type ChartDataset, type ChartOptions,
} from 'chart.js';

Chart.register(BarController, BarElement, CategoryScale, Legend, LinearScale, LineController, LineElement, PointElement, Tooltip);

type Kind = 'bar' | 'line';
type Point = number | null;
interface Series { name: string; kind: Kind; right: boolean; values: Point[]; texts: string[] }

const kindOf = (element: HTMLElement, otherwise: Kind): Kind => element.dataset.kind === 'line' || element.dataset.kind === 'bar' ? element.dataset.kind : otherwise;
const textOf = (element: Element | undefined): string => element?.textContent?.trim() ?? '';

function valueOf(cell: HTMLElement | undefined): Point {
  const text = cell?.dataset.value ?? textOf(cell);
  const value = Number(text);
  return text === '' || Number.isNaN(value) ? null : value;
}

function read(table: HTMLTableElement, kind: Kind): { labels: string[]; series: Series[] } {
  const rows = [...table.tBodies].flatMap((body) => [...body.rows]);
  const series = [...(table.tHead?.rows[0]?.cells ?? [])].flatMap((head, column): Series[] => column === 0 || 'skip' in head.dataset ? [] : [{
    name: head.dataset.short ?? textOf(head),
    kind: kindOf(head, kind),
    right: head.dataset.axis === 'right',
    values: rows.map((row) => valueOf(row.cells[column])),
    texts: rows.map((row) => textOf(row.cells[column])),
  }]);
  return { labels: rows.map((row) => textOf(row.cells[0])), series };
}

// A canvas knows neither variables nor light-dark(), and Chart.js no oklch(): the browser says what a colour comes to.
const pixel = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
function colour(variable: string): string {
  const probe = document.createElement('span');
  probe.style.color = `var(${variable})`;
  document.body.append(probe);
  const computed = getComputedStyle(probe).color;
  probe.remove();
  if (!pixel) return computed;
  pixel.clearRect(0, 0, 1, 1);
  pixel.fillStyle = computed;
  pixel.fillRect(0, 0, 1, 1);
  const [red, green, blue] = pixel.getImageData(0, 0, 1, 1).data;
  return `rgb(${red}, ${green}, ${blue})`;
}

// Series differ in more than their colour.
const points = ['circle', 'rectRot', 'triangle', 'rect', 'star', 'crossRot'] as const;
const dashes = [[], [6, 3], [2, 3], [10, 4], [8, 3, 2, 3], [4, 4]];

// More labels than these are left out where they don't fit.
const mostNames = 8;

function dataset(series: Series, index: number, count: number): ChartDataset<'bar' | 'line', Point[]> {
  const own = colour(`--chart-${(index % 6) + 1}`);
  const common = { label: series.name, data: series.values, backgroundColor: own, borderColor: own, yAxisID: series.right ? 'right' : 'left' };
  return series.kind === 'bar'
    ? { type: 'bar', ...common, borderRadius: 2, maxBarThickness: 28, order: 1 }
    : {
      type: 'line', ...common, borderWidth: 2, pointRadius: count > 40 ? 0 : 2.5, pointHoverRadius: 5, pointStyle: points[index % 6],
      borderDash: dashes[index % 6], tension: 0, order: 0,
    };
}

/** Draws a canvas from its table, again if it was drawn before. Without a table, or with an empty one, it draws nothing. */
export function drawChart(canvas: HTMLCanvasElement): void {
  Chart.getChart(canvas)?.destroy();
  const table = document.getElementById(canvas.dataset.table ?? '');
  if (!(table instanceof HTMLTableElement)) return;
  const kind = kindOf(canvas, 'bar');
  const { labels, series } = read(table, kind);
  if (labels.length === 0 || series.length === 0) return;

  const stacked = 'stacked' in canvas.dataset;
  const text = colour('--tblr-secondary');
  const line = colour('--tblr-border-color');
  const number = new Intl.NumberFormat(document.documentElement.lang || undefined, { maximumFractionDigits: 2, notation: 'compact' });
  const axis = (right: boolean) => {
    const own = series.filter((one) => one.right === right);
    const only = own.length === 1 ? own[0] : undefined;
    return {
      display: own.length > 0, position: right ? 'right' as const : 'left' as const, beginAtZero: true, stacked,
      border: { display: false }, grid: { color: line, drawOnChartArea: !right, drawTicks: false },
      title: { display: only !== undefined, text: only?.name, color: text },
      ticks: { color: text, padding: 8, maxTicksLimit: 6, precision: own.every((one) => one.values.every((value) => value === null || Number.isInteger(value))) ? 0 : undefined,
        callback: (value: number | string) => number.format(Number(value)) },
    };
  };
  const options: ChartOptions<'bar' | 'line'> = {
    responsive: true, maintainAspectRatio: false, animation: false, normalized: true,
    interaction: { mode: 'index', intersect: false },
    font: { family: getComputedStyle(document.body).fontFamily, size: 12 },
    scales: {
      // A few names all stand there, slanted where they are wide; of many, such as weeks, those that fit.
      x: { stacked, border: { color: line }, grid: { display: false }, ticks: { color: text, autoSkip: labels.length > mostNames, maxRotation: labels.length > mostNames ? 0 : 40, autoSkipPadding: 16 } },
      left: axis(false),
      ...(series.some((one) => one.right) ? { right: axis(true) } : {}),
    },
    plugins: {
      legend: { display: series.length > 1, position: 'top', align: 'start', labels: { color: colour('--tblr-body-color'), usePointStyle: true, boxHeight: 7, padding: 14 } },
      tooltip: { callbacks: { label: (item) => ` ${item.dataset.label}: ${series[item.datasetIndex]?.texts[item.dataIndex] ?? ''}` } },
    },
  };
  const chart = new Chart(canvas, { type: kind, data: { labels, datasets: series.map((one, index) => dataset(one, index, labels.length)) }, options });
  canvas.dataset.drawn = `${chart.scales['x']?.ticks.length ?? 0}`;
}

/** Draws every canvas of the page that names a table, now and whenever htmx brings a new one or the theme changes. */
export function drawCharts(): void {
  const all = () => { for (const canvas of document.querySelectorAll<HTMLCanvasElement>('canvas[data-table]')) drawChart(canvas); };
  // A morph takes the size from a canvas that stays, and with it the drawing.
  document.addEventListener('htmx:after:swap', (event) => {
    const target = (event as CustomEvent).detail?.ctx?.target as Element | undefined;
    if (!target?.isConnected || target === document.body || target.querySelector('canvas[data-table]')) all();
  });
  new MutationObserver(all).observe(document.documentElement, { attributeFilter: ['data-bs-theme'] });
  // A chart that was drawn while its box was hidden has no size.
  document.addEventListener('toggle', (event) => {
    for (const canvas of (event.target as Element).querySelectorAll<HTMLCanvasElement>('canvas[data-table]')) drawChart(canvas);
  }, true);
  all();
}
