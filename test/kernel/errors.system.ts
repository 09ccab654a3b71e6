/** Errors of cells, as the kernel tells its clients of them: by name, message and lines of the cells. */
import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { stripVTControlCharacters } from 'node:util';
import { type Client, contentOf } from './wire/client';
import { Kernel } from './wire/kernel';

describe('the kernel tells of an error', function () {
  this.retries(1);
  let kernel: Kernel;
  let client: Client;
  before(async () => {
    ({ kernel, client } = await Kernel.start());
  });
  after(() => kernel.stop());

  const failed = async (code: string) => {
    const { reply, published } = await client.result(code);
    equal(reply.status, 'error');
    const { ename, evalue, traceback } = contentOf(published, 'error');
    deepEqual([ename, evalue, traceback], [reply.ename, reply.evalue, reply.traceback]);
    const lines = stripVTControlCharacters((traceback as string[]).join('\n')).split('\n');
    return { name: ename, message: evalue, lines, count: Number(reply.execution_count) };
  };

  it('by its name, its message and its line', async () => {
    const { name, message, lines, count } = await failed(`
// A comment.

interface Point {
x: number;
}

/* Another
 one. */
const point: Point = { x: 1 };
if (point.x === 1) throw new RangeError('here'); // line 11`);
    deepEqual([name, message], ['RangeError', 'here']);
    deepEqual(lines.slice(0, 3), [
      'RangeError: here',
      `    at cell [${count}], line 11`,
      "      if (point.x === 1) throw new RangeError('here'); // line 11",
    ]);
  });

  it('by its line behind an await', async () => {
    const { lines, count } = await failed(
      'await Promise.resolve();\n\ntype T = 1;\nthrow new Error("later");',
    );
    ok(lines.includes(`    at cell [${count}], line 4`), lines.join('\n'));
  });

  it('by its line within a call that takes several, and by no other', async () => {
    const { lines, count } = await failed('Math.max(1,\n  (null as any).foo,\n  2)\n');
    deepEqual(
      lines.filter(line => line.includes(' at ')),
      [`    at cell [${count}], line 2`],
    );
  });

  it('by the lines of the earlier cell whose function threw', async () => {
    const { reply } = await client.result(
      '// Declared here.\nfunction thrower(n: number): never {\n  throw new TypeError("no " + n);\n}',
    );
    const { name, message, lines, count } = await failed('\n\nthrower(3);');
    deepEqual([name, message], ['TypeError', 'no 3']);
    deepEqual(
      lines.filter(line => line.includes(' at cell ')),
      [`    at cell [${reply.execution_count}], line 3`, `    at cell [${count}], line 3`],
    );
  });

  it('with what caused it', async () => {
    const { message, lines } = await failed(
      'throw new Error("outer", { cause: new RangeError("inner") } as never);',
    );
    equal(message, 'outer');
    match(lines.join('\n'), /^Error: outer\n(.*\n)*.*RangeError: inner$/m);
  });

  it('that is no Error', async () => {
    const { message } = await failed('throw { code: 7 };');
    match(String(message), /\{ code: 7 \}/);
    match(String((await failed('throw undefined;')).message), /undefined/);
  });

  it('whose properties cannot be read', async () => {
    await failed('throw Object.defineProperty(new Error("x"), "stack", { value: 3 });');
    await failed('throw new Proxy({}, { get() { throw new Error("no"); } });');
    await failed('throw Object.defineProperty(new Error("x"), "message", { get() { throw 1; } });');
    equal((await client.result('1')).reply.status, 'ok');
  });

  it('in a value that cannot be shown, and shows something', async () => {
    const { reply, published } = await client.result(
      '({ [Symbol.for("nodejs.util.inspect.custom")]() { throw new Error("no"); } })',
    );
    equal(reply.status, 'ok');
    match(JSON.stringify(contentOf(published, 'execute_result').data), /cannot be shown/);
  });

  it('of its types, by place', async () => {
    const { name, lines, count } = await failed('\nconst n: number = "text";');
    equal(name, 'TypeScriptError');
    deepEqual(lines.slice(1, 4), [
      `    at cell [${count}], line 2`,
      '      const n: number = "text";',
      '            ^',
    ]);
  });

  it('of its grammar', async () => {
    equal((await failed('const = 3;')).name, 'SyntaxError');
  });

  it('of a promise that nobody awaits, and lives on', async () => {
    const cell = client.run('Promise.reject(new RangeError("unheard")); 1');
    await cell.idle;
    const next = await client.result('await new Promise<void>(done => setTimeout(done, 20)); 2');
    const { stderr } = await cell.result();
    match(
      stripVTControlCharacters(stderr + next.stderr),
      /^Uncaught \(in promise\) RangeError: unheard$/m,
    );
    equal(next.reply.status, 'ok');
  });

  it('of a timer, and lives on', async () => {
    const cell = client.run('setTimeout(() => { throw new RangeError("late"); }, 10); 1');
    await cell.idle;
    const next = await client.result('await new Promise<void>(done => setTimeout(done, 50)); 2');
    match(
      stripVTControlCharacters((await cell.result()).stderr + next.stderr),
      /^Uncaught RangeError: late$/m,
    );
    equal(next.reply.status, 'ok');
  });
});
