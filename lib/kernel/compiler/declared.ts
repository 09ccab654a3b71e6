/**
 * What cells have declared. Each cell is a module, which later ones import, by the names that they mention: so
 * a cell's compile costs what it mentions, however many names there are.
 */

/** What a name stands for, as far as a later cell has to know. */
export interface Meaning {
  /** TypeScript's `SymbolFlags`, of values, types and namespaces. */
  readonly flags: number;
  /** Whether it is a `let` or `var`, which a later cell may assign. */
  readonly isVariable: boolean;
}

/** The names that a cell declares, by its code alone, with TypeScript's flags: -1 for what is imported. */
export type Own = ReadonlyMap<string, number>;

/** A cell that was compiled, as a module. */
export interface Declaration {
  /** The same for the same code with the same meaning of what it mentions. */
  readonly id: string;
  /** The module: the cell, and a line more with what it imports of other cells, and exports. */
  readonly text: string;
  readonly names: Readonly<Record<string, Meaning>>;
  /** Whether it declares something `global`, or extends a package. */
  readonly isGlobal: boolean;
  /** Whether files beside the notebook decide what it means. */
  readonly isVolatile: boolean;
}

/** Finds what may be a name, also in strings and comments: one too many costs little. */
const WORD = /[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*/gu;

/** A comment that says that a cell is a module, or meant for a page. */
const MARK = /@(module|browser)\b/;

/** A module beside the notebook, which a cell that has not run yet may write. */
const BESIDE = /['"`]\.{1,2}\//;

export class Declared {
  private readonly names = new Map<string, Declaration>();
  private readonly global = new Set<Declaration>();

  /** @param modules all cells that were added, also to copies, in their order, by their ids. */
  constructor(readonly modules = new Map<string, Declaration>()) {}

  /** Takes over what a cell declares, in place of what had these names. */
  add(declaration: Declaration): void {
    this.modules.delete(declaration.id);
    this.modules.set(declaration.id, declaration);
    for (const name of Object.keys(declaration.names)) this.names.set(name, declaration);
    if (declaration.isGlobal) this.global.add(declaration);
  }

  /** Returns the same, to which more can be added apart. */
  copy(): Declared {
    const copy = new Declared(this.modules);
    for (const [name, declaration] of this.names) copy.names.set(name, declaration);
    for (const declaration of this.global) copy.global.add(declaration);
    return copy;
  }

  /** Lists the names that a cell mentions and does not declare itself, with the cells that declared them last. */
  mentionedIn(code: string, own: Own): Map<string, Declaration> {
    const found = new Map<string, Declaration>();
    for (const [word] of code.matchAll(WORD)) {
      const declaration = this.names.get(word);
      if (declaration && !isReplaced(word, declaration, own)) found.set(word, declaration);
    }
    return found;
  }

  /** Lists the names of which a part is this, in whatever case. */
  like(part: string, own: Own): Map<string, Declaration> {
    const lower = part.toLowerCase();
    return new Map(
      [...this.names].filter(
        ([name, declaration]) =>
          name.toLowerCase().includes(lower) && !isReplaced(name, declaration, own),
      ),
    );
  }

  /** The cells that change what no name leads to. */
  get everywhere(): Iterable<Declaration> {
    return this.global;
  }

  /** Returns what a cell's meaning depends on, in words: its code, and of what it mentions the id. */
  contextOf(code: string, own: Own): string {
    const mentioned = Array.from(this.mentionedIn(code, own), ([name, { id }]) => [name, id]);
    const everywhere = Array.from(this.global, ({ id }) => id);
    return JSON.stringify([code, mentioned, everywhere]);
  }

  /** Tells whether files beside the notebook, too, decide what a cell means. */
  isVolatile(code: string, own: Own): boolean {
    const used = [...this.mentionedIn(code, own).values(), ...this.global];
    return MARK.test(code) || BESIDE.test(code) || used.some(({ isVolatile }) => isVolatile);
  }
}

const isReplaced = (name: string, { names }: Declaration, own: Own): boolean =>
  Boolean((own.get(name) ?? 0) & (names[name]?.flags ?? 0));
