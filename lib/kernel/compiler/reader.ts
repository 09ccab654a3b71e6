import type { ConvertResult } from 'tslab/dist/converter';
import type { CodeMetadata } from 'tslab/dist/metadata';
import type { Compiler } from './compiler';

/** A cell read before its turn. */
export interface Read {
  readonly metadata: CodeMetadata;
  /** What was taken to be declared before it. */
  readonly declared: string;
  readonly converted: ConvertResult;
}

interface Expected {
  readonly code: string;
  /** Waits; undefined where the cell has to be read in its turn. */
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
    this.expected.push({ code, read: this.compiler.post('readAhead', code) as Expected['read'] });
  }

  /** The cells that wait will not run. */
  forget(): void {
    this.expected.length = 0;
    this.compiler.post('forget');
  }

  getCodeMetadata(code: string): CodeMetadata {
    const read = this.first(code)?.read();
    return read?.metadata ?? (this.compiler.call('getCodeMetadata', code) as CodeMetadata);
  }

  convert(declared: string, code: string): ConvertResult {
    const expected = this.first(code);
    if (expected) this.expected.shift();
    const read = expected?.read();
    if (read?.declared === declared) return read.converted;
    return this.compiler.call('convert', declared, code) as ConvertResult;
  }

  /** The cell of this code; those before it have had their turn. */
  private first(code: string): Expected | undefined {
    const at = this.expected.findIndex(expected => expected.code === code);
    if (at > 0) this.expected.splice(0, at);
    return at < 0 ? undefined : this.expected[0];
  }
}
