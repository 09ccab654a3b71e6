/**
 * Runs as the compiler's thread: type-checks the cells and turns them into JavaScript by tslab's own
 * converter. It gets ready while the kernel starts and the learner reads.
 */
import {
  type MessagePort,
  parentPort,
  receiveMessageOnPort,
  workerData,
} from 'node:worker_threads';
import type * as TypeScript from 'typescript-api';
import { withoutExports } from './exports';
import { fastWatchHost } from './fast-watch-host';
import { forceGc } from './force-gc';
import { withOwnTypeScript } from './override-modules';
import { find, keep, prune } from './read-cache';
import { asScript, toCommonJs } from './script';
import { type Call, type Converted, type Functions, hasMark, type Read } from './worker-rpc';

const port = parentPort as MessagePort;
/** The packages that the first cell probably imports. */
const imports: readonly string[] = workerData;

/** Milliseconds until TypeScript is loaded that cells from the cache did not need. */
const LATER = 5000;

type Asked = Call & { readonly id: number };

/** Cells to be read while nothing else is asked. */
const waiting: Asked[] = [];
/** What the cells declare up to the last one read; undefined if the next one has to wait for its turn. */
let declared: string | undefined = '';

let loaded: ReturnType<typeof load> | undefined;

/** Returns TypeScript and tslab's parts, once a cell is not in the cache. */
function tslab() {
  loaded ??= load();
  return loaded;
}

function load() {
  const ts = withOwnTypeScript(ts => ({
    createWatchCompilerHost: fastWatchHost(ts),
    // What becomes of the JavaScript is seen to below.
    transpileModule: outputText => ({ outputText }),
  }));
  const { createConverter, isCompleteCode }: typeof import('tslab/dist/converter') =
    require('tslab/dist/converter');
  const { getCodeMetadata }: typeof import('tslab/dist/metadata') = require('tslab/dist/metadata');
  return { ts, converter: createConverter(), isCompleteCode, getCodeMetadata };
}

const functions: Functions = {
  addModule: (...args) => tslab().converter.addModule(...args),
  complete: (...args) => tslab().converter.complete(...args),
  inspect: (...args) => tslab().converter.inspect(...args),
  getCodeMetadata: code => tslab().getCodeMetadata(code),
  completeness,
  convert,
  readAhead,
  cancel() {
    declared = undefined;
    for (const call of waiting.splice(0)) answer(call);
  },
};

function convert(before: string, code: string): Converted {
  const kept = dependsOnOthers(before, code) ? undefined : find(before, code);
  const converted = kept ?? read(before, code);
  declared = converted.diagnostics.length > 0 ? undefined : (converted.declOutput ?? '');
  return converted;
}

function read(before: string, code: string): Converted {
  const { converter, ts } = tslab();
  const { sideOutputs, ...cell } = converter.convert(before, withoutExports(ts, code));
  const converted = asScript(ts as never, cell, before);
  const isAlone = !sideOutputs?.length && !dependsOnOthers(before, code);
  if (isAlone && converted.diagnostics.length === 0) keep(before, code, converted);
  const modules = sideOutputs?.map(({ path, data }) => ({ path, ...toCommonJs(ts, data) }));
  return modules ? { ...converted, sideOutputs: modules } : converted;
}

/** "*\/ expected" and "Unterminated template literal": what is open takes up the rest, wherever it began. */
const OPEN = [1010, 1160];

type Parsed = TypeScript.SourceFile & {
  readonly parseDiagnostics?: readonly TypeScript.DiagnosticWithLocation[];
};

function completeness(code: string): ReturnType<Functions['completeness']> {
  const { ts, isCompleteCode } = tslab();
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

function readAhead(code: string): Read | undefined {
  const before = declared;
  declared = undefined;
  if (before === undefined || dependsOnOthers(before, code)) return undefined;
  const converted = convert(before, code);
  // A package may be there in its turn.
  return converted.diagnostics.length > 0 ? undefined : { declared: before, converted };
}

/**
 * Reads the declarations of the packages that the first cell will import. Without it, if the learner reads
 * first, the first cell takes 0.84 s in place of 0.08 s.
 */
function warmUp(): void {
  if (!loaded) tslab().converter.convert('', imports.map(name => `import '${name}';`).join('\n'));
}

// Unless a cell waits already. A learner who changes a cell from the cache, or asks what a name is, waits for it.
const kept = prune();
const first = receiveMessageOnPort(port);
if (first) receive(first.message);
else if (kept === 0) warmUp();
setTimeout(warmUp, LATER);
port.on('message', receive);

function receive(call: Asked): void {
  if (call.name !== 'readAhead') answer(call);
  else if (waiting.push(call) === 1) setImmediate(readNext);
}

function readNext(): void {
  const call = waiting.shift();
  if (!call) return;
  answer(call);
  if (waiting.length > 0) setImmediate(readNext);
}

function answer({ id, name, args }: Asked): void {
  try {
    port.postMessage({ id, value: Reflect.apply(functions[name], undefined, args) });
  } catch (error) {
    port.postMessage({ id, error });
  }
  // While no cell waits, there is time for more.
  if (loaded) forceGc(waiting.length > 0 ? 1.2 : 1.05);
}
