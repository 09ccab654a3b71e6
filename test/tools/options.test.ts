import { deepEqual, equal, throws } from 'node:assert/strict';
import { readOptions } from '../../lib/tools/options.mjs';
import { preferredLanguage } from '../../lib/tools/project/language.mjs';

type Environment = Record<string, string>;

describe('options', () => {
  const english = { LANG: 'en_US.UTF-8' };
  const read = (command: Parameters<typeof readOptions>[0], line: string, env: Environment = {}) =>
    readOptions(command, line.split(' ').filter(Boolean), { ...english, ...env });
  const plain = read('start', '');

  it('are port 8888, the locale’s language and a browser unless given', () => {
    const { port, language, browser } = read('start', '', { LANG: 'zh_CN.UTF-8' });
    deepEqual([port, language, browser], [8888, 'zh', true]);
    equal(preferredLanguage(undefined, { LC_ALL: 'en_GB', LANG: 'zh_CN' }), 'en');
    equal(preferredLanguage(undefined, { LC_MESSAGES: 'zh_TW', LANG: 'en_US' }), 'zh');
    equal(preferredLanguage(undefined, { LANG: 'C.UTF-8' }), 'en');
  });

  it('are taken as given', () => {
    const line = '--port 9000 --lang zh --no-browser --prefix /env --stage 8';
    const given = { port: 9000, language: 'zh', browser: false, prefix: '/env', stage: 8 };
    deepEqual(read('start', line), { ...plain, ...given });
    equal(read('site', '--serve --port 9000').serve, true);
    const { html, slides } = read('lesson', '--html --slides');
    deepEqual([html, slides], [true, true]);
    equal(read('test', '-g summary').rest.join(' '), '-g summary');
  });

  it('are those of the command alone', () => {
    throws(() => read('lesson', '--stage 8'), /Unknown option --stage/);
    throws(() => read('lesson', '3'), /Unexpected argument: 3\./);
  });

  describe('that npm took for its own', () => {
    // What npm 10 and 11 leave of a command line without `--`.
    const lines: [typed: string, left: string, env: Environment, expected: object][] = [
      ['--lang zh', 'zh', { npm_config_long: 'true' }, { language: 'zh' }],
      ['--stage 3', '3', { npm_config_stage: 'true' }, { stage: 3 }],
      ['--port=9000', '', { npm_config_port: '9000' }, { port: 9000 }],
      [
        '--port 9000 --stage 10 --lang zh',
        '9000 10 zh',
        { npm_config_port: 'true' },
        { port: 9000, stage: 10, language: 'zh' },
      ],
      [
        '--stage 3 --no-browser',
        '3',
        { npm_config_stage: 'true', npm_config_browser: '' },
        { stage: 3, browser: false },
      ],
      [
        '--serve --html',
        '',
        { npm_config_serve: 'true', npm_config_html: 'true' },
        { serve: true, html: true },
      ],
      ['-- --stage 8, npm having another', '--stage 8', { npm_config_stage: '3' }, { stage: 8 }],
      ['nothing, npm having settings', '', { npm_config_stage: 'dev', npm_config_lang: 'C' }, {}],
    ];
    for (const [typed, left, env, expected] of lines) {
      it(`are taken as they were meant: ${typed}`, () =>
        deepEqual(read('start', left, env), { ...plain, ...expected }));
    }
  });

  it('are refused with the list of the right ones', () => {
    const mistakes: [line: string, message: RegExp, env?: Environment][] = [
      ['--prot 1', /Unknown option --prot\./],
      ['--port abc', /--port must be a whole number from 1 to 65535\. Received: abc/],
      ['--port 65536', /Received: 65536/],
      ['--port', /--port needs a value/],
      ['--stage 0', /--stage must be a whole number from 1 to 10\. Received: 0/],
      ['--stage 11', /Received: 11/],
      ['--lang fr', /--lang must be zh or en\. Received: fr/],
      ['fr', /Unexpected argument: fr\. Options go after two dashes: npm start -- --lang en/],
      ['3 4', /Unexpected argument: 4\./],
      ['11', /--stage must be .* Received: 11/, { npm_config_stage: 'true' }],
    ];
    for (const [line, message, env] of mistakes) {
      const refuse = () => read('start', line, env);
      throws(refuse, message);
      throws(refuse, /--no-browser {4}print the address/);
    }
    const classroom: [line: string, message: RegExp][] = [
      ['--accounts x', /--accounts must be shared .* or system .*\. Received: x\n/],
      ['--port 80', /--port must be a whole number from 1024 to 65533\. Received: 80\n/],
    ];
    for (const [line, message] of classroom) {
      throws(() => read('classroom', line), message);
      throws(() => read('classroom', line), /--accounts shared\|system {2}one account/);
    }
  });
});
