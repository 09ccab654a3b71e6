/**
 * Puts the compiler's thread in the place of those modules of tslab that would load TypeScript
 * into the thread of the cells. Imported before tslab. Without it the kernel answers 1.5 s after its
 * start in place of 0.6 s, the first cell ends after 2.4 s, and "Run All" after 5.6 s.
 */
import Module from 'node:module';
import type { Converter, ConverterOptions } from 'tslab/dist/converter';
import { firstImports } from '../first-imports';
import type { Functions } from './call';
import { Compiler } from './compiler';
import { Reader } from './reader';

const compiler = new Compiler({}, firstImports);
export const reader = new Reader(compiler);

standIn('tslab/dist/converter', {
  createConverter: (options: ConverterOptions) =>
    options.isBrowser
      ? converter(new Compiler(options, []))
      : { ...converter(compiler), convert: reader.convert.bind(reader) },
  isCompleteCode: by(compiler, 'isCompleteCode'),
});
standIn('tslab/dist/metadata', {
  getCodeMetadata: reader.getCodeMetadata.bind(reader),
});

function converter(compiler: Compiler): Converter {
  return {
    convert: by(compiler, 'convert'),
    inspect: by(compiler, 'inspect'),
    complete: by(compiler, 'complete'),
    addModule: by(compiler, 'addModule'),
    close: () => compiler.close(),
  };
}

function by<Name extends keyof Functions>(compiler: Compiler, name: Name) {
  return (...args: Parameters<Functions[Name]>) => compiler.call(name, ...args);
}

function standIn(name: string, exports: object): void {
  const file = require.resolve(name);
  require.cache[file] = Object.assign(new Module(file), { loaded: true, exports });
}
