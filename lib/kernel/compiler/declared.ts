/**
 * What cells have declared. A cell sees of earlier ones the names that it mentions: so its compile costs what it
 * mentions, however many names there are.
 */

/** The names that a cell declares, by its code alone, with all of TypeScript's flags of its kind: -1 for what is imported. */
export type Own = ReadonlyMap<string, number>;

/** A cell that was compiled. */
export interface Declaration {
  /** The same for the same code with the same meaning of what it mentions, unless files beside the notebook decide. */
  readonly id: string;
  readonly text: string;
  /** TypeScript's `SymbolFlags` of its names, of values, types and namespaces. */
  readonly names: Readonly<Record<string, number>>;
  /** The earlier names that it mentions. */
  readonly uses: Uses;
}

/**
 * The ids of the cells that declare a name, by names: of one that is a type in one cell and a value in another,
 * those of both, the latest first.
 */
export type Uses = ReadonlyMap<string, readonly string[]>;

/** Stands for what is seen without a name, such as `declare global`: all cells see it, and no other takes its place. */
export const EVERYWHERE = '__global';

/** Finds what may be a name, also in strings and comments: one too many costs little. */
const WORD = /[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*/gu;

export class Declared {
  private readonly names = new Map<string, readonly Declaration[]>();

  /** @param modules all cells that were added, also to copies, by their ids. */
  constructor(readonly modules = new Map<string, Declaration>()) {}

  /** Takes over what a cell declares, in place of what had these names. */
  add(declaration: Declaration): void {
    this.modules.set(declaration.id, declaration);
    for (const [name, flags] of Object.entries(declaration.names)) {
      this.names.set(name, [declaration, ...this.besides(name, flags)]);
    }
  }

  /** Returns the same, to which more can be added apart. */
  copy(): Declared {
    const copy = new Declared(this.modules);
    for (const [name, declarations] of this.names) copy.names.set(name, declarations);
    return copy;
  }

  /** Finds the names that a cell mentions and does not declare itself. */
  usesOf(code: string, own: Own = new Map()): Uses {
    const found = new Map<string, string[]>();
    for (const word of [EVERYWHERE, ...(code.match(WORD) ?? [])]) {
      const others = this.besides(word, own.get(word) ?? 0);
      if (others.length > 0) found.set(word, idsOf(others));
    }
    return found;
  }

  /** Finds the names of which a part is this, in whatever case. */
  like(part: string): Uses {
    const lower = part.toLowerCase();
    const all = [...this.names].filter(([name]) => name.toLowerCase().includes(lower));
    return new Map(all.map(([name, declarations]) => [name, idsOf(declarations)]));
  }

  /** Returns what a cell's meaning depends on, in words: its code, and of what it mentions the ids. */
  contextOf(code: string, own: Own): string {
    return JSON.stringify([code, [...this.usesOf(code, own)]]);
  }

  /** Finds the cells that declare a name as something else. */
  private besides(name: string, flags: number): readonly Declaration[] {
    return (this.names.get(name) ?? []).filter(({ names }) => !((names[name] ?? 0) & flags));
  }
}

const idsOf = (cells: readonly Declaration[]): string[] => cells.map(({ id }) => id);
