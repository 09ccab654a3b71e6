/**
 * Runs as the compiler's thread: type-checks the cells and turns them into JavaScript by tslab's own
 * converter. It gets ready while the kernel starts and the learner reads.
 */
import { receiveMessageOnPort, workerData } from 'node:worker_threads';
import type * as TypeScript from 'typescript-api';
import { withoutExports } from './exports';
import { fastWatchHost } from './fast-watch-host';
import { forceGc } from './force-gc';
import { withOwnTypeScript } from './override-modules';
import { builtAt, ReadCache } from './read-cache';
import { asScript, toCommonJs } from './script';
import {
  type Call,
  type CompilerData,
  type Converted,
  type Functions,
  hasMark,
  type Numbered,
  type Read,
  STOPPED,
} from './worker-rpc';

const { port, answered, imports } = workerData as CompilerData;
process.on('exit', () => {
  Atomics.store(answered, 0, STOPPED);
  Atomics.notify(answered, 0);
});

const ts = withOwnTypeScript(ts => ({
  createWatchCompilerHost: fastWatchHost(ts),
  // What becomes of the JavaScript is seen to below.
  transpileModule: outputText => ({ outputText }),
}));
const { createConverter, isCompleteCode }: typeof import('tslab/dist/converter') =
  require('tslab/dist/converter');
const { getCodeMetadata }: typeof import('tslab/dist/metadata') = require('tslab/dist/metadata');

const converter = createConverter();
/** What the cells declare up to the last one read; undefined if the next one has to wait for its turn. */
let declared: string | undefined = '';
/** Cells to be read while nothing else is asked. */
const waiting: Numbered<Call>[] = [];
// Of a newer build, only a thread that is started after it can be sure to have read the declarations.
const build = builtAt();
const cache = new ReadCache(undefined, () => build);
cache.prune();

const functions: Functions = {
  ...converter,
  completeness,
  getCodeMetadata,
  convert,
  readAhead,
  cancel() {
    declared = undefined;
    for (const call of waiting.splice(0)) answer(call);
  },
};

function convert(before: string, code: string): Converted {
  declared = undefined;
  const { sideOutputs, ...cell } = converter.convert(before, withoutExports(ts, code));
  const converted = asScript(ts as never, cell, before);
  if (converted.diagnostics.length === 0) {
    declared = converted.declOutput ?? '';
    if (!dependsOnOthers(before, code) && !sideOutputs?.length) {
      cache.keep(code, { declared: before, converted });
    }
  }
  const modules = sideOutputs?.map(({ path, data }) => ({ path, ...toCommonJs(ts, data) }));
  return modules ? { ...converted, sideOutputs: modules } : converted;
}

/** "*\/ expected" and "Unterminated template literal": what is open takes up the rest, wherever it began. */
const OPEN = [1010, 1160];

type Parsed = TypeScript.SourceFile & {
  readonly parseDiagnostics?: readonly TypeScript.DiagnosticWithLocation[];
};

function completeness(code: string): ReturnType<Functions['completeness']> {
  const file: Parsed = ts.createSourceFile('cell.ts', code, ts.ScriptTarget.Latest);
  const faults = file.parseDiagnostics ?? [];
  if (faults.length === 0) return { status: 'complete' };
  const end = code.trimEnd().length;
  const isOpen = faults.some(({ code }) => OPEN.includes(code));
  const isMissing = faults.every(
    ({ start, messageText }) => start >= end && /expected\.$/.test(String(messageText)),
  );
  if (!isOpen && !isMissing) return { status: 'invalid' };
  return { status: 'incomplete', indent: isOpen ? '' : (isCompleteCode(code).indent ?? '') };
}

/** Finds a module beside the notebook, which a cell that has not run yet may write. */
const BESIDE = /['"`]\.{1,2}\//;

/** Tells whether more than its code, and what is declared before, decides what a cell becomes. */
const dependsOnOthers = (before: string, code: string): boolean =>
  hasMark(code) || BESIDE.test(code) || BESIDE.test(before);

function readAhead(code: string, known?: string): Read | undefined {
  const before = known ?? declared;
  declared = undefined;
  if (before === undefined || dependsOnOthers(before, code)) return undefined;
  const kept = cache.find(before, code);
  if (kept) {
    declared = kept.converted.declOutput ?? '';
    return kept;
  }
  const converted = convert(before, code);
  // A package may be there in its turn.
  if (converted.diagnostics.length > 0) return undefined;
  return { declared: before, converted };
}

// Reads the declarations of the packages that the first cell will import, unless a cell waits
// already. Without it, if the learner reads first, the first cell takes 0.84 s in place of 0.08 s.
const first = receiveMessageOnPort(port);
if (first) receive(first.message);
else converter.convert('', imports.map(name => `import '${name}';`).join('\n'));
port.on('message', receive);

function receive(call: Numbered<Call>): void {
  if (call.name !== 'readAhead') answer(call);
  else if (waiting.push(call) === 1) setImmediate(readNext);
}

function readNext(): void {
  const call = waiting.shift();
  if (!call) return;
  answer(call);
  if (waiting.length > 0) setImmediate(readNext);
}

function answer({ number, name, args }: Numbered<Call>): void {
  try {
    port.postMessage({ number, value: Reflect.apply(functions[name], undefined, args) });
  } catch (error) {
    port.postMessage({ number, error });
  }
  Atomics.add(answered, 0, 1);
  Atomics.notify(answered, 0);
  // While no cell waits, there is time for more.
  forceGc(waiting.length > 0 ? 1.2 : 1.05);
}
