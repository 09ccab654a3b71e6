import type { Converter, Diagnostic } from 'tslab/dist/converter';
import type { ConverterSet } from 'tslab/dist/executor';
import { Compiler } from '../compiler/compiler';
import { compiler, precompiler } from '../compiler/started';
import { named } from './scripts';

/** The compiler's thread, as tslab's executor wants it. */
export class CellConverter implements ConverterSet {
  /** What is wrong with the cell that was read last. */
  diagnostics: readonly Diagnostic[] = [];
  /** The number of its run; undefined until it has become a script. */
  run: number | undefined;
  private cell = { code: '', count: 0 };
  private forBrowsers: Converter | undefined;
  /** What the cells declare, also those that failed: tslab's executor forgets the names of these. */
  private declared = '';

  readonly node: Converter = {
    ...functionsOf(compiler),
    inspect: (_, code, position) => compiler.call('inspect', this.declared, code, position),
    complete: (_, code, position) => compiler.call('complete', this.declared, code, position),
    convert: (_, code) => {
      const converted = precompiler.convert(this.declared, code);
      this.diagnostics = converted.diagnostics;
      if (converted.diagnostics.length === 0) this.declared = converted.declOutput ?? '';
      // Node then names the lines of modules beside the notebook as they are written.
      if (converted.sideOutputs?.length) process.setSourceMapsEnabled(true);
      const { output, map, ...rest } = converted;
      if (!output || !map) return converted;
      const { run, script } = named(output, map, this.cell);
      this.run = run;
      return { ...rest, output: script };
    },
    addModule: (name, code, metadata) => {
      const diagnostics = compiler.call('addModule', name, code, metadata);
      this.diagnostics = diagnostics;
      return diagnostics;
    },
  };

  /** For the code that is meant for a page: a thread of its own, since it knows other names. */
  get browser(): Converter {
    this.forBrowsers ??= functionsOf(new Compiler({ isBrowser: true }, []));
    return this.forBrowsers;
  }

  /** Tells of the cell that is read next. */
  begin(code: string, count: number): void {
    this.cell = { code, count };
    this.diagnostics = [];
    this.run = undefined;
  }

  close = (): void => {
    this.node.close();
    this.forBrowsers?.close();
  };
}

const functionsOf = (compiler: Compiler): Converter => ({
  convert: (declared, code) => compiler.call('convert', declared, code),
  inspect: (declared, code, position) => compiler.call('inspect', declared, code, position),
  complete: (declared, code, position) => compiler.call('complete', declared, code, position),
  addModule: (name, code, metadata) => compiler.call('addModule', name, code, metadata),
  close: () => compiler.close(),
});
