/** The cells that ran, as a client asks for them: `jupyter console` has them by its arrow keys. */

/** What a client wants of them. */
export interface HistoryRequest {
  readonly hist_access_type?: string;
  /** Whether each comes with its value in words. */
  readonly output?: boolean;
  /** The most of `tail` and `search`. */
  readonly n?: number;
  /** The session of `range`, where only the running one is known. */
  readonly session?: number;
  readonly start?: number;
  /** Exclusive. */
  readonly stop?: number;
  /** With `*` and `?`. */
  readonly pattern?: string;
  readonly unique?: boolean;
}

interface Ran {
  readonly count: number;
  readonly code: string;
  value: string | null;
}

type Entry = [session: number, count: number, code: string | [code: string, value: string | null]];

/** Only this one is kept. */
const SESSION = 1;

export class History {
  private readonly ran: Ran[] = [];

  add(count: number, code: string): void {
    this.ran.push({ count, code, value: null });
  }

  /** Adds the value of the cell that ran last. */
  addValue(value: string): void {
    const last = this.ran.at(-1);
    if (last) last.value = value;
  }

  find(request: HistoryRequest): Entry[] {
    return this.select(request).map(({ count, code, value }) => [
      SESSION,
      count,
      request.output ? [code, value] : code,
    ]);
  }

  private select({ hist_access_type, n, session = 0, start = 1, stop, ...search }: HistoryRequest) {
    const { ran } = this;
    const last = (found: Ran[]) =>
      n === undefined ? found : found.slice(Math.max(0, found.length - n));
    if (hist_access_type === 'range') {
      if (session !== 0 && session !== SESSION) return [];
      return ran.filter(
        ({ count }) => count >= start && count < (stop ?? Number.POSITIVE_INFINITY),
      );
    }
    if (hist_access_type !== 'search') return last(ran);
    const pattern = asRegExp(search.pattern ?? '*');
    const found = ran.filter(({ code }) => pattern.test(code));
    // Of equal ones the last stays.
    return last(
      search.unique ? [...new Map(found.map(cell => [cell.code, cell])).values()] : found,
    );
  }
}

function asRegExp(glob: string): RegExp {
  const escaped = glob.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '[^]*').replaceAll('?', '[^]')}$`);
}
