/** Says to Jupyter what the kernel is. */
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

/** A message of Jupyter's protocol. */
export interface Request {
  readonly channel: string;
  readonly header: { readonly msg_id: string; readonly msg_type: string };
  // biome-ignore lint/suspicious/noExplicitAny: each has what it needs, and nobody makes sure of it.
  readonly content: Readonly<Record<string, any>>;
}
