/** How the kernel introduces itself. */
import { version as typescript } from 'typescript-api/package.json';
import { version } from './package.json';

/** What the kernel's language is, as it is also saved in notebooks. */
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
  language_info: LANGUAGE,
});
