/** How the kernel introduces itself. */
import { version } from './package.json';

/** Returns the content of Jupyter's `kernel_info_reply`. */
export function kernelInfo(banner: string, typescript = '') {
  return {
    status: 'ok',
    protocol_version: '5.4',
    implementation: 'tslab',
    implementation_version: version,
    banner,
    help_links: [],
    language_info: {
      name: 'typescript',
      version: typescript,
      mimetype: 'text/typescript',
      file_extension: '.ts',
      // By all of them editors, old and new, know the language.
      codemirror_mode: { mode: 'typescript', name: 'javascript', typescript: true },
      pygments_lexer: 'typescript',
      nbconvert_exporter: 'script',
    },
  };
}
