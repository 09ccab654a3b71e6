/** Reads files that may be missing. Set-up loads this file before any package is installed. */
import { readFileSync } from 'node:fs';

/** Returns a file's text, or `undefined` if the file is missing or unreadable. */
export function readText(/** @type {string} */ file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/**
 * Returns the value of a JSON file, or `undefined` if the file is missing or invalid.
 *
 * @template T
 * @param {string} file
 * @returns {T | undefined}
 */
export function readJson(file) {
  try {
    return JSON.parse(readText(file) ?? '');
  } catch {
    return undefined;
  }
}
