/**
 * What cells have declared. A cell sees of earlier ones the names that it mentions: so its compile costs what it
 * mentions, however many names there are.
 */

/** The names that a cell declares, by its code alone, with all of TypeScript's flags of its kind: -1 for what is imported. */
export type Own = ReadonlyMap<string, number>;

/** A cell that was compiled. */
export interface Declaration {
  /** The same for the same code with the same meaning of what it mentions. */
  readonly id: string;
  readonly text: string;
  /** TypeScript's `SymbolFlags` of its names, of values, types and namespaces. */
  readonly names: Readonly<Record<string, number>>;
  /** The earlier names that it mentions. */
  readonly uses: Uses;
  /** Whether it declares something `global`, or extends a package. */
  readonly isGlobal: boolean;
  /** Whether files beside the notebook decide what it means. */
  readonly isVolatile: boolean;
}

/**
 * The ids of the cells that declare a name, by names: of one that is a type in one cell and a value in another,
 * those of both, the latest first.
 */
export type Uses = ReadonlyMap<string, readonly string[]>;

/** Finds what may be a name, also in strings and comments: one too many costs little. */
const WORD = /[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*/gu;

/** A comment that says that a cell is a module, or meant for a page. */
const MARK = /@(module|browser)\b/;

/** A module beside the notebook, which a cell that has not run yet may write. */
const BESIDE = /['"`]\.{1,2}\//;

export class Declared {
  private readonly names = new Map<string, readonly Declaration[]>();
  private readonly global = new Set<Declaration>();

  /** @param modules all cells that were added, also to copies, in their order, by their ids. */
  constructor(readonly modules = new Map<string, Declaration>()) {}

  /** Takes over what a cell declares, in place of what had these names. */
  add(declaration: Declaration): void {
    this.modules.delete(declaration.id);
    this.modules.set(declaration.id, declaration);
    for (const [name, flags] of Object.entries(declaration.names)) {
      const others = this.names.get(name)?.filter(other => !(flagsOf(other, name) & flags)) ?? [];
      this.names.set(name, [declaration, ...others]);
    }
    if (declaration.isGlobal) this.global.add(declaration);
  }

  /** Returns the same, to which more can be added apart. */
  copy(): Declared {
    const copy = new Declared(this.modules);
    for (const [name, declarations] of this.names) copy.names.set(name, declarations);
    for (const declaration of this.global) copy.global.add(declaration);
    return copy;
  }

  /** Finds the names that a cell mentions and does not declare itself. */
  usesOf(code: string, own: Own): Uses {
    const found = new Map<string, string[]>();
    for (const [word] of code.matchAll(WORD)) {
      const others = (this.names.get(word) ?? []).filter(
        each => !(flagsOf(each, word) & (own.get(word) ?? 0)),
      );
      if (others.length > 0)
        found.set(
          word,
          others.map(({ id }) => id),
        );
    }
    return found;
  }

  /** Finds the names of which a part is this, in whatever case. */
  like(part: string): Uses {
    const lower = part.toLowerCase();
    const all = [...this.names].filter(([name]) => name.toLowerCase().includes(lower));
    return new Map(all.map(([name, declarations]) => [name, declarations.map(({ id }) => id)]));
  }

  /** The cells that change what no name leads to. */
  get everywhere(): readonly string[] {
    return Array.from(this.global, ({ id }) => id);
  }

  /** Returns what a cell's meaning depends on, in words: its code, and of what it mentions the ids. */
  contextOf(code: string, own: Own): string {
    return JSON.stringify([code, [...this.usesOf(code, own)], this.everywhere]);
  }

  /** Tells whether files beside the notebook, too, decide what a cell means. */
  isVolatile(code: string, own: Own): boolean {
    const used = [...this.everywhere, ...[...this.usesOf(code, own).values()].flat()];
    const isFilesToo = used.some(id => this.modules.get(id)?.isVolatile);
    return MARK.test(code) || BESIDE.test(code) || isFilesToo;
  }
}

const flagsOf = ({ names }: Declaration, name: string): number => names[name] ?? 0;
