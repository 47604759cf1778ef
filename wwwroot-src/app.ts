// Everything every page shares. All of it listens on the document, so that parts swapped in later need no set-up.
import 'htmx.org';
import './addresses';
import './busy';
import './combobox';
import './copy';
import './drafts';
import './files';
import './htmx';
import './keyboard';
import './menus';
import './notices';
import './posted';
import './theme-choice';
