/** Says to Jupyter what the kernel is, and counts places as it does. */
import { version as typescript } from 'typescript-api/package.json';
import { version } from './package.json';
import type { Answer } from './worker-messages';

/** The kernel's language, as it is also saved in notebooks. */
export const LANGUAGE = {
  // By all of them editors, old and new, know the language.
  codemirror_mode: { mode: 'typescript', name: 'javascript', typescript: true },
  file_extension: '.ts',
  mimetype: 'text/typescript',
  name: 'typescript',
  nbconvert_exporter: 'script',
  pygments_lexer: 'typescript',
  version: typescript,
};

/** Returns the content of Jupyter's `kernel_info_reply`. */
export const kernelInfo = (banner: string) => ({
  status: 'ok',
  protocol_version: '5.4',
  implementation: 'tslab',
  implementation_version: version,
  banner,
  help_links: [],
  supported_features: [],
  language_info: LANGUAGE,
});

/** Returns the index of a place that Jupyter names: it counts characters, and an emoji is one. */
export const indexOf = (code: string, cursor: number): number =>
  [...code].slice(0, cursor).join('').length;

const cursorOf = (code: string, index: unknown): number => [...code.slice(0, Number(index))].length;

/** Names the places of a completion as Jupyter counts them. */
export const withCursors = (
  code: string,
  { cursor_start, cursor_end, ...rest }: Answer,
): Answer => ({
  ...rest,
  cursor_start: cursorOf(code, cursor_start),
  cursor_end: cursorOf(code, cursor_end),
});
