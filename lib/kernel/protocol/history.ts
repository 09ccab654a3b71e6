/** The cells that ran, as a client asks for them: `jupyter console` has them by its arrow keys. */

interface HistoryRequest {
  readonly hist_access_type?: string;
  /** Whether each comes with its value in words. */
  readonly output?: boolean;
  /** The most of `tail` and `search`. */
  readonly n?: number;
  /** The session of `range`, where only the running one is known. */
  readonly session?: number;
  readonly start?: number;
  readonly stop?: number;
  readonly pattern?: string;
  readonly unique?: boolean;
}

interface Ran {
  readonly count: number;
  readonly code: string;
  value: string | null;
}

/** Only this one is kept. */
const SESSION = 1;

export class History {
  private readonly ran: Ran[] = [];

  add(count: number, code: string): void {
    this.ran.push({ count, code, value: null });
  }

  addValue(value: string): void {
    const last = this.ran.at(-1);
    if (last) last.value = value;
  }

  /** Lists session, number and code of each cell that is asked for. */
  find(request: HistoryRequest): unknown[][] {
    return this.select(request).map(({ count, code, value }) => [
      SESSION,
      count,
      request.output ? [code, value] : code,
    ]);
  }

  private select({ hist_access_type, n, session = 0, start = 1, ...rest }: HistoryRequest): Ran[] {
    const { stop = Number.POSITIVE_INFINITY, pattern = '*', unique } = rest;
    if (hist_access_type === 'range') {
      const isKnown = session === 0 || session === SESSION;
      return isKnown ? this.ran.filter(({ count }) => count >= start && count < stop) : [];
    }
    let found = this.ran;
    if (hist_access_type === 'search') {
      const glob = asRegExp(pattern);
      found = found.filter(({ code }) => glob.test(code));
      // Of equal ones the last stays.
      if (unique) found = [...new Map(found.map(cell => [cell.code, cell])).values()];
    }
    return n === undefined ? found : found.slice(Math.max(0, found.length - n));
  }
}

function asRegExp(glob: string): RegExp {
  const escaped = glob.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '[^]*').replaceAll('?', '[^]')}$`);
}
