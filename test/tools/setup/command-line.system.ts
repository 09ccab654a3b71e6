import { equal, match } from 'node:assert/strict';
import { disguise, Project } from './support';

describe('the command line', () => {
  let project: Project;
  before(() => {
    project = new Project();
  });
  after(() => project.remove());

  it('ends with one message and exit code 1 at a wrong option', async () => {
    const { code, output } = await project.run('start', ['--prot', '1']);
    equal(code, 1);
    match(output, /^\n✖ Unknown option --prot\.\n/);
    equal(/\bat .*\.(mjs|ts):\d/.test(output), false, output);
  });

  it('says it in Chinese where Chinese is asked for', async () => {
    match(
      (await project.run('start', ['--lang', 'zh', '--port', 'x'])).output,
      /✖ --port 应当是 1 到 65535/,
    );
    match(
      (await project.run('start', ['--prot'], { LANG: 'zh_CN.UTF-8' })).output,
      /✖ 未知选项 --prot/,
    );
  });

  it('lists the options at --help', async () => {
    const { code, output } = await project.run('start', ['--help']);
    equal(code, 0);
    match(output, /^npm start -- \[options\]\n {2}--stage N.*\n {2}--port N/);
  });

  for (const version of ['18.20.4', '20.18.3', '22.11.0']) {
    it(`asks for a newer Node than ${version}`, async () => {
      const env = { node: disguise({ version }) };
      const { code, output } = await project.run('start', [], env);
      equal(code, 1);
      match(output, /^Node 20\.19, 22\.12 or newer is needed, but this is /);
      match(
        (await project.run('start', [], { ...env, LANG: 'zh_CN' })).output,
        /^需要 Node 20\.19/,
      );
    });
  }
});
