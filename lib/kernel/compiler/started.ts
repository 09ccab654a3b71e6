/** The compiler's thread of this kernel, and the precompiler of its cells. Imported before tslab. */
import { Compiler } from './compiler';
import { withoutTypeScript } from './override-modules';
import { Precompiler } from './precompiler';

/** What the first cell of the project's notebooks imports. */
export const firstImports = ['@tensorflow/tfjs', 'digits', 'mnist-data-loader'];

export const compiler = new Compiler({}, firstImports);
export const precompiler = new Precompiler(compiler);

withoutTypeScript(code => precompiler.getCodeMetadata(code));
