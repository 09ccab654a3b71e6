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
