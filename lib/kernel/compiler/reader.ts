import type { ConvertResult } from 'tslab/dist/converter';
import type { CodeMetadata } from 'tslab/dist/metadata';
import type { Read } from './call';
import type { Compiler } from './compiler';

interface Expected {
  readonly code: string;
  /** Waits; returns undefined where the cell has to be read in its turn. */
  readonly read: () => Read | undefined;
}

/**
 * Has the compiler read the cells that wait while another one runs, each as if those before it had
 * run well.
 */
export class Reader {
  private readonly expected: Expected[] = [];

  constructor(private readonly compiler: Compiler) {}

  /** Tells of a cell that is to run after all those told of before. */
  expect(code: string): void {
    this.expected.push({ code, read: this.compiler.post('readAhead', code) });
  }

  /** Tells that the cells that wait will not run. */
  forget(): void {
    this.expected.length = 0;
    this.compiler.post('forget');
  }

  getCodeMetadata(code: string): CodeMetadata {
    return this.first(code)?.read()?.metadata ?? this.compiler.call('getCodeMetadata', code);
  }

  convert(declared: string, code: string): ConvertResult {
    const expected = this.first(code);
    if (expected) this.expected.shift();
    const read = expected?.read();
    if (read?.declared === declared) return read.converted;
    return this.compiler.call('convert', declared, code);
  }

  /** Finds the cell of this code; those before it have had their turn. */
  private first(code: string): Expected | undefined {
    const at = this.expected.findIndex(expected => expected.code === code);
    if (at > 0) this.expected.splice(0, at);
    return at < 0 ? undefined : this.expected[0];
  }
}
