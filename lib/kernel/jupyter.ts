/** Says to Jupyter what the kernel is, and counts places as it does. */
import { version as typescript } from 'typescript-api/package.json';
import info from './kernel-info.json';
import { version } from './package.json';

/** The kernel's language, as it is also saved in notebooks: of its modes each editor, old or new, knows one. */
export const LANGUAGE = { ...info.language_info, version: typescript };

/** Returns the content of Jupyter's `kernel_info_reply`. */
export const kernelInfo = (banner: string) => ({
  ...info,
  implementation_version: version,
  banner,
  language_info: LANGUAGE,
});

/** Returns the index of a place that Jupyter names: it counts characters, and an emoji is one. */
export const indexOf = (code: string, cursor: number): number =>
  [...code].slice(0, cursor).join('').length;

/** Returns the place of an index, as Jupyter counts. */
export const cursorOf = (code: string, index: number): number => [...code.slice(0, index)].length;
