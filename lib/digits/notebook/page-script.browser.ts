/** The scripts of what lives in a page, bundled with the rest for a browser. */
import type { Part } from './page-script';

/** Whoever bundles this package may put the scripts here, as texts; see the README. */
declare const DIGITS_PAGE_SCRIPTS: Record<Part, string> | undefined;

/** Returns the script that brings one part to life; undefined if it was left out. */
export const pageScript = (part: Part): string | undefined =>
  typeof DIGITS_PAGE_SCRIPTS === 'object' ? DIGITS_PAGE_SCRIPTS[part] : undefined;
