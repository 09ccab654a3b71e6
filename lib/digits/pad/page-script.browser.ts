/** The script of the pad's page, bundled with the rest for a browser. */

/** Whoever bundles this package may put the script here, as a text; see the README. */
declare const DIGITS_PAD_SCRIPT: string | undefined;

/** Returns the script that brings one pad to life; undefined if it was left out. */
export const pageScript = (): string | undefined =>
  typeof DIGITS_PAD_SCRIPT === 'string' ? DIGITS_PAD_SCRIPT : undefined;
