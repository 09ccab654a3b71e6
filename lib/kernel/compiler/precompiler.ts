import type { ConvertResult } from 'tslab/dist/converter';
import type { CodeMetadata } from 'tslab/dist/metadata';
import type { Compiler } from './compiler';
import type { Read } from './worker-rpc';

interface Prefetched {
  readonly code: string;
  /** Waits; returns undefined where the cell has to be read in its turn. */
  readonly read: () => Read | undefined;
}

/**
 * Has the compiler read the cells that wait while another one runs, each as if those before it had
 * run well.
 */
export class Precompiler {
  private readonly prefetched: Prefetched[] = [];

  constructor(private readonly compiler: Compiler) {}

  /** Tells of a cell that is to run after all those told of before. */
  prefetch(code: string): void {
    this.prefetched.push({ code, read: this.compiler.post('readAhead', code) });
  }

  /** Tells that the cells that wait will not run. */
  cancel(): void {
    this.prefetched.length = 0;
    this.compiler.post('cancel');
  }

  getCodeMetadata(code: string): CodeMetadata {
    return this.first(code)?.read()?.metadata ?? this.compiler.call('getCodeMetadata', code);
  }

  convert(declared: string, code: string): ConvertResult {
    const expected = this.first(code);
    if (expected) this.prefetched.shift();
    const read = expected?.read();
    if (read?.declared === declared) return read.converted;
    return this.compiler.call('convert', declared, code);
  }

  /** Finds the cell of this code; those before it have had their turn. */
  private first(code: string): Prefetched | undefined {
    const at = this.prefetched.findIndex(expected => expected.code === code);
    if (at > 0) this.prefetched.splice(0, at);
    return at < 0 ? undefined : this.prefetched[0];
  }
}
