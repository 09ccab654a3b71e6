import { deepEqual, equal, throws } from 'node:assert/strict';
import { readOptions } from '../../lib/command/options.mjs';
import { preferredLanguage } from '../../lib/command/output/language.mjs';
import { readData } from '../texts';

type Environment = Record<string, string>;

type Refused = readonly [line: string, message: string, env?: Environment];

const cases = readData<{
  readonly npm: Record<string, { left: string; env: Environment; options: object }>;
  readonly refused: Record<'start' | 'classroom' | 'export', readonly Refused[]>;
  readonly listed: Record<'start' | 'classroom' | 'export', string>;
}>('command/options.yml');

describe('options', () => {
  const english = { LANG: 'en_US.UTF-8' };
  const optionsOf = (
    command: Parameters<typeof readOptions>[0],
    line: string,
    env: Environment = {},
  ) => readOptions(command, line.split(' ').filter(Boolean), { ...english, ...env });
  const plain = optionsOf('start', '');

  it('are port 8888, the locale’s language and a browser unless given', () => {
    const { port, language, browser } = optionsOf('start', '', { LANG: 'zh_CN.UTF-8' });
    deepEqual([port, language, browser], [8888, 'zh', true]);
    equal(preferredLanguage(undefined, { LC_ALL: 'en_GB', LANG: 'zh_CN' }), 'en');
    equal(preferredLanguage(undefined, { LC_MESSAGES: 'zh_TW', LANG: 'en_US' }), 'zh');
    equal(preferredLanguage(undefined, { LANG: 'C.UTF-8' }), 'en');
  });

  it('are taken as given', () => {
    const line = '--port 9000 --lang zh --no-browser --prefix /env --stage 8';
    const expected = { port: 9000, language: 'zh', browser: false, prefix: '/env', stage: 8 };
    deepEqual(optionsOf('start', line), { ...plain, ...expected });
    equal(optionsOf('site', '--serve --port 9000').serve, true);
    const { html, slides } = optionsOf('lesson', '--html --slides');
    deepEqual([html, slides], [true, true]);
    const {
      form,
      exercises,
      language: zh,
    } = optionsOf('export', 'nbgrader zh --exercises 4.2，7.1');
    deepEqual([form, exercises, zh], ['nbgrader', ['4.2', '7.1'], 'zh']);
    const early = optionsOf('export', 'scorm', { npm_config_exercises: '10.1' });
    deepEqual(early.exercises, ['10.1'], 'that npm took for its own');
    equal(optionsOf('test', '-g summary').rest.join(' '), '-g summary');
  });

  it('are those of the command alone', () => {
    throws(() => optionsOf('lesson', '--stage 8'), /Unknown option --stage/);
    throws(() => optionsOf('lesson', '3'), /Unexpected argument: 3\./);
  });

  describe('that npm took for its own', () => {
    for (const [typed, { left, env, options }] of Object.entries(cases.npm)) {
      it(`are taken as they were meant: ${typed}`, () =>
        deepEqual(optionsOf('start', left, env), { ...plain, ...options }));
    }
  });

  it('are refused with the list of the right ones', () => {
    for (const command of ['start', 'classroom', 'export'] as const) {
      for (const [line, message, env] of cases.refused[command]) {
        const refuse = () => optionsOf(command, line, env);
        throws(refuse, RegExp(message));
        throws(refuse, RegExp(cases.listed[command]));
      }
    }
  });
});
