import { deepEqual, ok } from 'node:assert/strict';
import { readData, readText } from '../../texts';

const FOLDER = 'lib/class/classroom';
const numbers = (text: string) =>
  (text.match(/\d(?:[\d,.]*\d)?/g) ?? []).map(each => Number(each.replaceAll(',', '')));

it('The page on many machines calculates from what was measured, and from its own limits', () => {
  // biome-ignore lint/suspicious/noExplicitAny: numbers in several forms
  const read = (name: string) => readData<any>(`../${FOLDER}/cluster/${name}`);
  const { node, peak, processor, ...measured } = read('figures.yml');
  const { memory, cpu } = read('values.yaml').singleuser;
  const megabytes = (size: string) => (Number.parseInt(size, 10) * 2 ** 20) / 1e6;
  const [promised, most] = [megabytes(memory.guarantee), megabytes(memory.limit)];
  const own = measured.kernel + measured.server;
  ok(promised > 1.15 * own && most > 2 * peak + measured.server);
  const held = Math.min(node.cores / cpu.guarantee, node.pods, Math.floor(node.usable / promised));
  const nodes = (n: number) => Math.ceil(n / held);
  const gigabytes = (size: number) => Math.round(size / 1000);
  const single = gigabytes(2000 * own + nodes(2000) * measured.hub);
  const rows = [
    [gigabytes(2000 * measured.download), measured.site],
    [gigabytes(2000 * measured.setup)],
    [nodes(2000), gigabytes(node.memory), node.cores, single],
    [nodes(2000), gigabytes(2000 * promised)],
  ];
  for (const n of [100, 500, 2000])
    rows.push([n, nodes(n), gigabytes(n * promised), n * cpu.guarantee, n]);
  const rates = [(2000 * measured.download * 8) / 600, (held * processor) / node.cores];
  for (const twin of ['', '.zh']) {
    const page = readText(`${FOLDER}/cluster/README${twin}.md`);
    const table = (page.match(/^\| .*/gm) ?? []).map(numbers).filter(row => row.length > 0);
    deepEqual(table, rows);
    const said = numbers(page);
    for (const each of [...rates, own, promised, most, peak]) ok(said.includes(Math.round(each)));
    const sources = readText(`${FOLDER}/README${twin}.md`) + readText(`TEACHING${twin}.md`);
    for (const each of Object.values(measured)) ok(sources.includes(`${each} MB`), `${each}`);
  }
});
