/** Entry point of the checker worker: TypeScript with the declarations next to the script. */
import './disposable';
import ts from 'typescript-api';
import type { Answer } from '../cell/worker-messages';
import { Checker } from '../typescript/checker';
import { CellScope } from '../typescript/declared';
import { libraries } from '../typescript/libraries';
import type { CheckResult, FromChecker, ToChecker } from './protocol';

const HOST_PATH = '/cells/host.d.ts';

/** Globals of cells from `host.ts`. */
const HOST = `
declare const process: {
  readonly argv: string[];
  readonly env: Record<string, string | undefined>;
  readonly platform: string;
  readonly stdout: { readonly isTTY: boolean; write(text: unknown): boolean };
  readonly stderr: { readonly isTTY: boolean; write(text: unknown): boolean };
  cwd(): string;
  exit(code?: number): never;
};
declare function setImmediate(callback: (...values: any[]) => void, ...values: any[]): void;
declare function require(name: string): any;
// A missing module is reported at run time, with the available modules.
declare module '*';`;

/** Internal function of TypeScript. */
interface Internal {
  decodeMappings(mappings: string): Iterable<{ generatedLine: number; sourceLine?: number }>;
}

const service = fetch(new URL('types.json', location.href), { priority: 'low' } as RequestInit)
  .then(response => response.json())
  .then((files: Record<string, string>) => createService({ ...files, [HOST_PATH]: HOST }));

function createService(files: Readonly<Record<string, string>>) {
  const ids = new Map<string, string>();
  const checker = new Checker(ts, {
    folder: '/cells',
    libFolder: '/lib',
    options: {
      target: ts.ScriptTarget.ES2024,
      // `host.ts` installs a polyfill for disposal.
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
  const scope = new CellScope();
  const compile = (code: string): CheckResult => {
    const { diagnostics, declaration, javaScript, map } = checker.compile(scope, code);
    if (declaration) scope.add(declaration);
    const lines: number[] = [];
    const { decodeMappings } = ts as unknown as Internal;
    for (const { generatedLine, sourceLine = 0 } of decodeMappings(map?.mappings ?? '')) {
      lines[generatedLine] ??= sourceLine + 1;
    }
    return { diagnostics, javaScript, lines };
  };
  return (question: ToChecker): Answer | CheckResult | undefined => {
    if (question.type === 'check') return compile(question.code);
    if (question.type !== 'earlier') return checker.answer(scope, question);
    // Ignore type errors: these cells have run.
    for (const code of question.codes) compile(`// @ts-nocheck\n${code}`);
    return undefined;
  };
}

type Port = Pick<MessagePort, 'onmessage' | 'postMessage'>;

/** Milliseconds that the page's questions wait for the replay, because the cell worker may be busy. */
const REPLAY_TIMEOUT_MS = 1000;

let finishReplay = (): void => {};
const replayed = new Promise<void>(resolve => {
  finishReplay = resolve;
});

/** Answers requests on a port. The page's port also receives the cell worker's port. */
function serve(port: Port, isPage: boolean): void {
  const send = (message: FromChecker) => port.postMessage(message);
  port.onmessage = async ({ data }: MessageEvent<MessagePort | (ToChecker & { id: number })>) => {
    if (data instanceof MessagePort) return serve(data, false);
    const answer = await service;
    const timeout = new Promise(resolve => setTimeout(resolve, REPLAY_TIMEOUT_MS));
    if (isPage) await Promise.race([replayed, timeout]);
    let reply: Answer | CheckResult | undefined;
    try {
      reply = answer(data);
    } finally {
      // Reply without an answer if TypeScript throws.
      send({ type: 'reply', id: data.id, reply });
      if (data.type === 'earlier') finishReplay();
    }
  };
  if (!isPage) return;
  // Report an error to the page like a failed script. The timeout lets the replay of earlier cells run first.
  service.then(() => setTimeout(() => send({ type: 'ready' })), reportError);
}

serve(globalThis as unknown as Port, true);
