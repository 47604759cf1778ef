// For pages with a chart: asked for by @section Scripts as "charts.js".
import { drawCharts } from '../charts';

drawCharts();
