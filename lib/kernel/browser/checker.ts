/** The checker's worker: TypeScript, on the declarations that lie beside its script. */
import './disposable';
import ts from 'typescript-api';
import { Checker } from '../compiler/checker';
import { Declared } from '../compiler/declared';
import { libraries } from '../compiler/libraries';
import type { Answer } from '../worker-messages';
import type { Checked, FromChecker, ToChecker } from './protocol';

const HOST_PATH = '/cells/host.d.ts';

/** What `host.ts` gives the cells. */
const HOST = `
declare const process: {
  readonly argv: string[];
  readonly env: Record<string, string | undefined>;
  readonly platform: string;
  readonly stdout: { readonly isTTY: boolean; write(text: unknown): boolean };
  readonly stderr: { readonly isTTY: boolean; write(text: unknown): boolean };
  cwd(): string;
};
declare function setImmediate(callback: (...values: any[]) => void, ...values: any[]): void;
declare function require(name: string): any;
// Of a module that is not there, the cell says what can be imported.
declare module '*';`;

/** What its declarations leave out. */
interface Internal {
  decodeMappings(mappings: string): Iterable<{ generatedLine: number; sourceLine?: number }>;
}

const answers = fetch(new URL('types.json', location.href), { priority: 'low' } as RequestInit)
  .then(response => response.json())
  .then((files: Record<string, string>) => checkerOn({ ...files, [HOST_PATH]: HOST }));

function checkerOn(files: Readonly<Record<string, string>>) {
  const ids = new Map<string, string>();
  const checker = new Checker(ts, {
    folder: '/cells',
    libFolder: '/lib',
    options: {
      target: ts.ScriptTarget.ES2024,
      // `host.ts` sees to it that all browsers can dispose.
      lib: [...libraries(), 'lib.esnext.disposable.d.ts', 'lib.webworker.d.ts'],
      types: [],
    },
    globals: ['/globals.d.ts', HOST_PATH],
    readFile: path => files[path],
    fileExists: path => path in files,
    directoryExists: folder => Object.keys(files).some(path => path.startsWith(`${folder}/`)),
    versionOf: () => '',
    hash(text) {
      const id = ids.get(text) ?? `${ids.size}`;
      ids.set(text, id);
      return id;
    },
  });
  const declared = new Declared();
  const compile = (code: string): Checked => {
    const { diagnostics, declaration, javaScript, map } = checker.compile(declared, code);
    if (declaration) declared.add(declaration);
    const lines: number[] = [];
    const { decodeMappings } = ts as unknown as Internal;
    for (const { generatedLine, sourceLine = 0 } of decodeMappings(map?.mappings ?? '')) {
      lines[generatedLine] ??= sourceLine + 1;
    }
    return { diagnostics, javaScript, lines };
  };
  return (question: ToChecker): Answer | Checked | undefined => {
    if (question.type === 'check') return compile(question.code);
    if (question.type !== 'earlier') return checker.answer(declared, question);
    // Whatever is wrong with them, they have run.
    for (const code of question.codes) compile(`// @ts-nocheck\n${code}`);
    return undefined;
  };
}

type Line = Pick<MessagePort, 'onmessage' | 'postMessage'>;

/** Milliseconds that the page's questions wait for the cells to tell what has run, which may be computing. */
const PATIENCE = 1000;

let told = (): void => {};
const areTold = new Promise<void>(resolve => {
  told = resolve;
});

/** Answers on a line of the page's, on which it hands over another one, of the cells. */
function listen(line: Line, isOfPage: boolean): void {
  const say = (message: FromChecker) => line.postMessage(message);
  line.onmessage = async ({ data }: MessageEvent<MessagePort | (ToChecker & { id: number })>) => {
    if (data instanceof MessagePort) return listen(data, false);
    const answer = await answers;
    if (isOfPage) await Promise.race([areTold, new Promise(go => setTimeout(go, PATIENCE))]);
    let reply: Answer | Checked | undefined;
    try {
      reply = answer(data);
    } finally {
      // Whoever asked goes on without an answer, if TypeScript has failed.
      say({ type: 'reply', id: data.id, reply });
      if (data.type === 'earlier') told();
    }
  };
  if (!isOfPage) return;
  // The page hears of an error as of a script that cannot be loaded.
  // What has run comes before it: a cell that is to be checked would wait for that.
  answers.then(() => setTimeout(() => say({ type: 'ready' })), reportError);
}

listen(globalThis as unknown as Line, true);
