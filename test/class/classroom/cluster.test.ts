import { deepEqual, ok } from 'node:assert/strict';
import { readData, readText } from '../../texts';

const FOLDER = 'lib/class/classroom';
const numbers = (text: string) =>
  (text.match(/\d(?:[\d,.]*\d)?/g) ?? []).map(digits => Number(digits.replaceAll(',', '')));

it('The page on many machines calculates from what was measured, and from its own limits', () => {
  // biome-ignore lint/suspicious/noExplicitAny: numbers in several forms
  const dataOf = (name: string) => readData<any>(`../${FOLDER}/cluster/${name}`);
  const { node, peak, processor, ...measured } = dataOf('figures.yml');
  const { memory, cpu } = dataOf('values.yaml').singleuser;
  const megabytes = (size: string) => (Number.parseInt(size, 10) * 2 ** 20) / 1e6;
  const [promised, most] = [megabytes(memory.guarantee), megabytes(memory.limit)];
  const baseline = measured.kernel + measured.server;
  ok(promised > 1.15 * baseline && most > 2 * peak + measured.server);
  const learners = Math.min(
    node.cores / cpu.guarantee,
    node.pods,
    Math.floor(node.usable / promised),
  );
  const nodes = (n: number) => Math.ceil(n / learners);
  const gigabytes = (size: number) => Math.round(size / 1000);
  const single = gigabytes(2000 * baseline + nodes(2000) * measured.hub);
  const rows = [
    [gigabytes(2000 * measured.download), measured.site],
    [gigabytes(2000 * measured.setup)],
    [nodes(2000), gigabytes(node.memory), node.cores, single],
    [nodes(2000), gigabytes(2000 * promised)],
  ];
  for (const n of [100, 500, 2000])
    rows.push([n, nodes(n), gigabytes(n * promised), n * cpu.guarantee, n]);
  const rates = [(2000 * measured.download * 8) / 600, (learners * processor) / node.cores];
  for (const twin of ['', '.zh']) {
    const page = readText(`${FOLDER}/cluster/README${twin}.md`);
    const table = (page.match(/^\| .*/gm) ?? []).map(numbers).filter(row => row.length > 0);
    deepEqual(table, rows);
    const onPage = numbers(page);
    for (const number of [...rates, baseline, promised, most, peak])
      ok(onPage.includes(Math.round(number)));
    const sources = readText(`${FOLDER}/README${twin}.md`) + readText(`TEACHING${twin}.md`);
    for (const size of Object.values(measured)) ok(sources.includes(`${size} MB`), `${size}`);
  }
});
