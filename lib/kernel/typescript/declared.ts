/**
 * Names declared by cells. A cell is compiled only with the earlier names in use, so the compile time does not
 * depend on the number of all names.
 */

/** The declared names of a cell with TypeScript's flags, from the syntax alone. An imported name has -1. */
export type NameFlags = ReadonlyMap<string, number>;

export interface Declaration {
  /** A hash of the code and of the dependencies' ids, or a random id if the cell imports local modules. */
  readonly id: string;
  readonly text: string;
  /** TypeScript's `SymbolFlags` of each name: value, type or namespace. */
  readonly names: Readonly<Record<string, number>>;
  readonly uses: Uses;
}

/** Ids of the cells that declare a name, by name, latest first. A type and a value may come from two cells. */
export type Uses = ReadonlyMap<string, readonly string[]>;

/** Pseudo-name of declarations such as `declare global`, visible in all cells and never replaced. */
export const GLOBALS = '__global';

/** Matches possible names, also in strings and comments: an extra name costs little. */
const WORD = /[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*/gu;

export class CellScope {
  private readonly names = new Map<string, readonly Declaration[]>();

  /** @param modules all added cells by id, shared with copies */
  constructor(readonly modules = new Map<string, Declaration>()) {}

  /** Adds a cell's declarations in place of earlier declarations of the same names. */
  add(declaration: Declaration): void {
    this.modules.set(declaration.id, declaration);
    for (const [name, flags] of Object.entries(declaration.names)) {
      this.names.set(name, [declaration, ...this.otherDeclarations(name, flags)]);
    }
  }

  /** Returns a copy that can be extended separately. */
  copy(): CellScope {
    const copy = new CellScope(this.modules);
    for (const [name, declarations] of this.names) copy.names.set(name, declarations);
    return copy;
  }

  /** Returns the earlier names that a cell uses and does not declare. */
  usesOf(code: string, names: NameFlags = new Map()): Uses {
    const uses = new Map<string, string[]>();
    for (const word of [GLOBALS, ...(code.match(WORD) ?? [])]) {
      const cells = this.otherDeclarations(word, names.get(word) ?? 0);
      if (cells.length > 0) uses.set(word, idsOf(cells));
    }
    return uses;
  }

  /** Returns the names that contain `part`, ignoring case. */
  namesLike(part: string): Uses {
    const lower = part.toLowerCase();
    const all = [...this.names].filter(([name]) => name.toLowerCase().includes(lower));
    return new Map(all.map(([name, declarations]) => [name, idsOf(declarations)]));
  }

  /** Returns a cache key: the code and the dependencies' ids. */
  keyOf(code: string, names: NameFlags): string {
    return JSON.stringify([code, [...this.usesOf(code, names)]]);
  }

  /** Returns the cells that declare a name with other flags. */
  private otherDeclarations(name: string, flags: number): readonly Declaration[] {
    return (this.names.get(name) ?? []).filter(({ names }) => !((names[name] ?? 0) & flags));
  }
}

const idsOf = (cells: readonly Declaration[]): string[] => cells.map(({ id }) => id);
