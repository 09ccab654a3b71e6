/** The scripts of a page's interactive parts, bundled for a browser. */
import type { Part } from './page-script';

/** Scripts as texts, optionally defined by the bundler; see the README. */
declare const DIGITS_PAGE_SCRIPTS: Record<Part, string> | undefined;

/** Returns the script of an interactive part; undefined if the bundle omits it. */
export const pageScript = (part: Part): string | undefined =>
  typeof DIGITS_PAGE_SCRIPTS === 'object' ? DIGITS_PAGE_SCRIPTS[part] : undefined;
