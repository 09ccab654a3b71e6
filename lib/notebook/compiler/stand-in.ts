/**
 * Puts the compiler's thread in the place of those modules of tslab that would load TypeScript
 * into the thread of the cells. To be imported before tslab.
 */
import Module from 'node:module';
import type { ConverterOptions } from 'tslab/dist/converter';
import { firstImports } from '../first-imports';
import { Compiler } from './compiler';

const compiler = new Compiler({}, firstImports);

standIn('tslab/dist/converter', {
  createConverter: (options: ConverterOptions) =>
    converter(options.isBrowser ? new Compiler(options, []) : compiler),
  isCompleteCode: by(compiler, 'isCompleteCode'),
});
standIn('tslab/dist/metadata', { getCodeMetadata: by(compiler, 'getCodeMetadata') });

function converter(compiler: Compiler) {
  return {
    convert: by(compiler, 'convert'),
    inspect: by(compiler, 'inspect'),
    complete: by(compiler, 'complete'),
    addModule: by(compiler, 'addModule'),
    close: () => compiler.close(),
  };
}

function by(compiler: Compiler, name: string) {
  return (...args: unknown[]) => compiler.call(name, ...args);
}

function standIn(name: string, exports: object): void {
  const file = require.resolve(name);
  require.cache[file] = Object.assign(new Module(file), { loaded: true, exports });
}
