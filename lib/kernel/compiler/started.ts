/** The compiler's thread of this kernel, and the reader of its cells. Imported before tslab. */
import { firstImports } from '../first-imports';
import { Compiler } from './compiler';
import { Reader } from './reader';
import { withoutTypeScript } from './stand-in';

export const compiler = new Compiler({}, firstImports);
export const reader = new Reader(compiler);

withoutTypeScript(code => reader.getCodeMetadata(code));
