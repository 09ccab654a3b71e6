/** Much at once, several clients, two kernels, a folder that goes, a cell that ends the process. */
import { deepEqual, equal, match } from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { type Client, contentOf } from './wire/client';
import { Kernel } from './wire/kernel';

describe('the kernel', function () {
  this.retries(1);
  let kernel: Kernel;
  let client: Client;
  before(async () => {
    ({ kernel, client } = await Kernel.start());
  });
  after(() => kernel.stop());

  it('runs a cell of two megabytes', async () => {
    const code = `const big = "${'a'.repeat(1_000_000)}";\n${'// comment\n'.repeat(91_000)}big.length`;
    const { reply, published } = await client.result(code);
    equal(reply.status, 'ok');
    deepEqual(contentOf(published, 'execute_result').data, { 'text/plain': '1000000' });
    equal(contentOf(published, 'execute_input').code, code);
  });

  it('loses none of ten thousand lines, nor their order', async () => {
    const lines = Array.from({ length: 10_000 }, (_, i) => `line ${i}\n`).join('');
    const print = 'console.log("line " + i)';
    const atOnce = await client.result(`for (let i = 0; i < 10_000; i++) ${print};`);
    equal(atOnce.stdout, lines);
    const slowly = await client.result(
      `for (let i = 0; i < 10_000; i++) { ${print}; if (i % 100 === 0) await new Promise<void>(done => setTimeout(done, 1)); }`,
    );
    equal(slowly.stdout, lines);
  });

  it('keeps what is printed on both streams in order', async () => {
    const { published } = await client.result(
      'for (let i = 0; i < 50; i++) { console.log(i); console.error(i); }',
    );
    const printed = published
      .filter(({ type }) => type === 'stream')
      .map(({ content }) => `${content.name} ${content.text}`);
    deepEqual(
      printed,
      Array.from({ length: 50 }, (_, i) => [`stdout ${i}\n`, `stderr ${i}\n`]).flat(),
    );
  });

  it('shows what has five megabytes, and a thousand times a little', async () => {
    const { published } = await client.result(`import { display } from 'tslab';
display.html('x'.repeat(5_000_000));
for (let i = 0; i < 1000; i++) display.text(String(i));`);
    const shown = published.filter(({ type }) => type === 'display_data');
    equal(shown.length, 1001);
    const { data } = contentOf(shown, 'display_data') as { data: Record<string, string> };
    equal(data['text/html']?.length, 5_000_000);
  });

  it('runs two hundred cells that were asked for at once', async () => {
    await client.result('let sum = 0;');
    const cells = Array.from({ length: 200 }, () => client.run('sum += 1;'));
    await Promise.all(cells.map(({ reply }) => reply));
    const { published } = await client.result('sum');
    deepEqual(contentOf(published, 'execute_result').data, { 'text/plain': '200' });
  });

  it('serves another client where one leaves in mid-cell', async () => {
    const leaving = await kernel.connect();
    const cell = leaving.run(
      'console.log("begun"); await new Promise<void>(done => setTimeout(done, 300)); let left = 1;',
    );
    await cell.printed('begun\n');
    leaving.close();
    const coming = await kernel.connect();
    const { published } = await coming.result('left');
    deepEqual(contentOf(published, 'execute_result').data, { 'text/plain': '1' });
    // All clients hear what the others do.
    const { reply } = await client.result('left += 1');
    equal(reply.status, 'ok');
    await coming.until(() =>
      coming.published.find(({ content }) => content.code === 'left += 1' || undefined),
    );
  });

  it('keeps its variables from another kernel of the same project', async () => {
    const other = await Kernel.start();
    try {
      await Promise.all([
        client.result('let mine = "one";'),
        other.client.result('let mine = "two";'),
      ]);
      const values = await Promise.all([client.result('mine'), other.client.result('mine')]);
      deepEqual(
        values.map(({ published }) => contentOf(published, 'execute_result').data),
        [{ 'text/plain': "'one'" }, { 'text/plain': "'two'" }],
      );
    } finally {
      await other.kernel.stop();
    }
  });

  it('goes on where its folder is removed', async () => {
    await client.result('let before = 1;');
    await rm(kernel.folder, { recursive: true });
    for (const code of [
      'before += 1;',
      "import { range } from 'digits'; range",
      "import { join } from 'node:path'; join('a', 'b')",
      'await Promise.resolve(before)',
    ]) {
      const { reply } = await client.result(code);
      equal(reply.status, 'ok', JSON.stringify(reply));
    }
    const { reply } = await client.result("import { x } from './missing';");
    equal(reply.status, 'error');
    equal((await client.result('before')).reply.status, 'ok');
    equal(kernel.log, '');
  });

  it('ends by a cell that ends the process, with what it printed', async () => {
    const cell = client.run('console.log("last words"); process.exit(3);');
    equal(await kernel.ended, 3);
    match(kernel.log, /^$/);
    await cell.printed('last words\n');
  });
});
