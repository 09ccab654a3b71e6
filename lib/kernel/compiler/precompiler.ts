import type { Compiler } from './compiler';
import { ReadCache } from './read-cache';
import type { Converted, Read } from './worker-rpc';

interface Prefetched {
  readonly code: string;
  /** Waits; returns undefined if the cell has to be read in its turn. */
  readonly read: () => Read | undefined;
}

/**
 * Makes the compiler read the cells that wait while another one runs, each as if those before it had
 * run well.
 */
export class Precompiler {
  private readonly prefetched: Prefetched[] = [];
  /** What is declared behind the last of them; undefined if only the compiler knows. */
  private declared: string | undefined = '';

  constructor(
    private readonly compiler: Compiler,
    private readonly cache = new ReadCache(),
  ) {}

  /** Tells of a cell that is to run after all those told of before. */
  prefetch(code: string): void {
    const kept = this.kept(code);
    const read = kept ? () => kept : this.compiler.post('readAhead', code, this.declared);
    this.prefetched.push({ code, read });
    this.declared = kept && (kept.converted.declOutput ?? '');
  }

  /** Tells that the cells that wait will not run. */
  cancel(): void {
    this.prefetched.length = 0;
    this.declared = undefined;
    this.compiler.post('cancel');
  }

  /** Has the cells read by a new thread, also those that were read ahead: a package has changed. */
  startOver(): void {
    this.prefetched.length = 0;
    this.declared = undefined;
    this.compiler.restart();
  }

  convert(declared: string, code: string): Converted {
    // Those before it have had their turn.
    const at = this.prefetched.findIndex(expected => expected.code === code);
    const expected = this.prefetched.splice(0, at + 1).at(-1);
    const read = [expected?.read(), this.cache.find(declared, code)].find(
      read => read?.declared === declared,
    );
    const converted = read?.converted ?? this.compiler.call('convert', declared, code);
    if (this.prefetched.length === 0) {
      this.declared = converted.diagnostics.length > 0 ? declared : (converted.declOutput ?? '');
    }
    return converted;
  }

  private kept(code: string): Read | undefined {
    return this.declared === undefined ? undefined : this.cache.find(this.declared, code);
  }
}
