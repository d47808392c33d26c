// Every page's behaviours; each stands in its own file and leaves a page without it usable.
import 'htmx.org/dist/htmx.esm.js';
import './menu.js';
import './drop.js';
import './autosubmit.js';
import './escape.js';
import './copy.js';
import './passkey.js';
