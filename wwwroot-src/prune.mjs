// Takes out of Tabler's style sheet what this application never uses. It is a list of what goes, not a scan of our pages
// for what stays: any Tabler class outside the list works on a page without building the style sheet again.
const components = [
  'navbar', 'offcanvas', 'carousel', 'ribbon', 'switch-icon', 'legend', 'otp', 'popover', 'signal', 'calendar', 'sparkline',
  'sortable', 'tooltip', 'bs-tooltip', 'bs-popover', 'chart', 'strength', 'mention', 'chat', 'tracking', 'signature', 'markdown', 'accordion',
  'stars', 'rating', 'payment', 'flag', 'layout', 'dimmer', 'loader', 'modal', 'theme', 'settings', 'segmented', 'tag', 'tags', 'chip', 'chips',
  'social', 'animated', 'dropup', 'dropend', 'dropstart', 'progressbg', 'img-dark', 'img-light', 'form-imagecheck', 'form-colorinput',
  'form-colorcheck', 'form-floating', 'form-selectgroup-boxes', 'btn-close', 'input-icon-addon-end', 'datepicker', 'nav-bordered', 'page-pretitle', 'dropdown-menu-columns',
  'card-rotate', 'card-cover', 'card-stacked', 'card-sponsor', 'card-gradient', 'card-img', 'photo', 'bg-pattern', 'pattern', 'text-incorrect',
  'glass', 'divide', 'object', 'columns', 'column', 'object-fit', 'link-offset', 'link-underline', 'link-opacity', 'text-bg', 'ms-lg', 'shape',
];
const gone = new RegExp(`\\.(${components.join('|')})(?![a-z])`);
const breakpoints = /\.[a-z-]+-(xxl)(-|\b)/;
const foreign = /data-theme=|data-bs-navbar-theme|body\[data-bs-theme|data-vc|data-bs-theme-(base|font|primary|radius)|\[data-bs-popper|\.hide-theme|^:host$/;
// Brand colours of social networks, and every colour but the few that carry meaning here.
const colours = /\.(bg|text|btn|btn-outline|btn-ghost|link|border|badge|alert|status|text-bg|list-group-item|table|card|icon|form-check|ribbon|steps|avatar|progress|hover)(-[a-z]+)?-(x|facebook|twitter|linkedin|google|youtube|vimeo|dribbble|github|instagram|pinterest|vk|rss|flickr|bitbucket|tabler|pink|lime|cyan|indigo|teal|purple)(-|\b)/;

const unwanted = (selector) => gone.test(selector) || breakpoints.test(selector) || foreign.test(selector) || colours.test(selector);

export function prune(css) {
  return rules(css).map(({ head, body }) => {
    if (body === null) return head.startsWith('@charset') ? '' : head + ';';
    if (/^@(media|supports|layer)/.test(head)) {
      const inner = prune(body);
      return inner && `${head}{${inner}}`;
    }
    if (head.startsWith('@')) return `${head}{${body}}`;
    const kept = split(head).filter((selector) => !unwanted(selector));
    return kept.length ? `${kept.join(',')}{${body}}` : '';
  }).join('');
}

function rules(css) {
  css = css.replace(/\/\*[\s\S]*?\*\//g, '');
  const found = [];
  for (let at = 0; at < css.length;) {
    const open = scan(css, at, (c) => c === '{' || c === ';');
    const head = css.slice(at, open).trim();
    if (css[open] !== '{') {
      if (head) found.push({ head, body: null });
      at = open + 1;
      continue;
    }
    let depth = 1;
    const close = scan(css, open + 1, (c) => (c === '{' ? depth++ : c === '}' && depth--, depth === 0));
    found.push({ head, body: css.slice(open + 1, close) });
    at = close + 1;
  }
  return found;
}

function split(head) {
  const parts = [];
  for (let at = 0; at <= head.length;) {
    const comma = scan(head, at, (c) => c === ',');
    parts.push(head.slice(at, comma).trim());
    at = comma + 1;
  }
  return parts;
}

/** The position of the first character that `stop` accepts, outside strings and parentheses; the end if there is none. */
function scan(text, from, stop) {
  let quote = '', depth = 0;
  for (let i = from; i < text.length; i++) {
    const c = text[i];
    if (c === '\\') i++;
    else if (quote) { if (c === quote) quote = ''; }
    else if (c === '"' || c === "'") quote = c;
    else if (c === '(' || c === '[') depth++;
    else if (c === ')' || c === ']') depth--;
    else if (depth === 0 && stop(c)) return i;
  }
  return text.length;
}
