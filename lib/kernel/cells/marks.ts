/** What the comments before a cell's code say of it, as tslab reads them. */
export interface Marks {
  /** The cell is a module of this name, which others import. */
  readonly module?: string | undefined;
  /** The module has JSX. */
  readonly hasJsx: boolean;
  /** The cell is meant for a page. */
  readonly isForPage: boolean;
}

const COMMENTS = /^(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/;
const DOC = /\/\*\*[\s\S]*?\*\//g;
const TAG = /^[\s/*]*@(module|jsx|node|browser)\b[ \t]*(\w*)[ \t]*(?:\*\/)?$/gm;

export function marksOf(code: string): Marks {
  const [comments = ''] = COMMENTS.exec(code) ?? [];
  const docs = (comments.match(DOC) ?? []).join('\n');
  const tags = new Map(Array.from(docs.matchAll(TAG), ([, tag = '', text = '']) => [tag, text]));
  return {
    module: tags.get('module') || undefined,
    hasJsx: tags.has('jsx'),
    isForPage: tags.has('browser'),
  };
}
