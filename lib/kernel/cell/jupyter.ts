/** Metadata of the kernel for Jupyter. */
import { version as typescript } from 'typescript-api/package.json';
import { version } from '../package.json';
import info from './kernel-info.json';

/** The kernel's language, also saved in notebooks. The several mode names support old and new editors. */
export const LANGUAGE = { ...info.language_info, version: typescript };

/** Returns the content of Jupyter's `kernel_info_reply`. */
export const kernelInfo = (banner: string) => ({
  ...info,
  implementation_version: version,
  banner,
  language_info: LANGUAGE,
});

export interface Request {
  readonly channel: string;
  readonly header: { readonly msg_id: string; readonly msg_type: string };
  // biome-ignore lint/suspicious/noExplicitAny: each type has different fields, which clients do not guarantee.
  readonly content: Readonly<Record<string, any>>;
}
