import { deepEqual, equal } from 'node:assert/strict';
import {
  browserPlaces,
  npmCommand,
  onPath,
  programIn,
  withVariable,
} from '../../../lib/tools/project/platform.mjs';

/** A disk that holds these files alone. */
const disk =
  (...files: string[]) =>
  (path: string) =>
    files.includes(path);

describe('a program of a Python environment', () => {
  const places: [prefix: string, name: string, NodeJS.Platform, there: string[], place: string][] =
    [
      ['/env', 'jupyter', 'darwin', [], '/env/bin/jupyter'],
      ['C:\\my env', 'jupyter', 'win32', [], 'C:\\my env\\Scripts\\jupyter.exe'],
      // Conda's.
      ['C:\\env', 'python', 'win32', ['C:\\env\\python.exe'], 'C:\\env\\python.exe'],
      ['C:\\env', 'jupyter', 'win32', ['C:\\env\\python.exe'], 'C:\\env\\Scripts\\jupyter.exe'],
    ];
  for (const [prefix, name, platform, there, place] of places) {
    it(`is ${place} on ${platform}${there.length ? ' beside a Python at the top' : ''}`, () =>
      equal(programIn(prefix, name, platform, disk(...there)), place));
  }
});

describe('a program on the path', () => {
  it('is the first name that is there, in the first folder that has it', () => {
    const there = disk('/b/python3', '/a/python', '/c/python3');
    const env = { PATH: '/a:/b:/c' };
    equal(onPath(['python3', 'python'], env, 'linux', there), '/b/python3');
    equal(onPath(['python', 'python3'], env, 'darwin', there), '/a/python');
    equal(onPath(['uv'], env, 'linux', there), undefined);
  });

  it('is found by PATH and PATHEXT on Windows, where folders have a colon', () => {
    const env = { PATH: 'C:\\one;D:\\two', PATHEXT: '.EXE;.CMD' };
    const there = disk('D:\\two\\npm.CMD', 'C:\\one\\npm');
    equal(onPath(['npm'], env, 'win32', there), 'D:\\two\\npm.CMD');
    equal(onPath(['npm'], { PATH: 'D:\\two' }, 'win32', there), 'D:\\two\\npm.CMD');
  });
});

describe('npm', () => {
  it('is run by its own script where npm has started us, else by its name, on Windows by the shell', () => {
    const script = 'C:\\Program Files\\nodejs\\node_modules\\npm\\bin\\npm-cli.js';
    const itself = { program: process.execPath, args: [script, 'ci'], shell: false };
    deepEqual(npmCommand(['ci'], { npm_execpath: script }, 'win32'), itself);
    const yarn = { npm_execpath: '/usr/share/yarn/bin/yarn.js' };
    deepEqual(npmCommand(['ci'], yarn, 'darwin'), { program: 'npm', args: ['ci'], shell: false });
    const words = { program: 'npm ci --no-audit', args: [], shell: true };
    deepEqual(npmCommand(['ci', '--no-audit'], {}, 'win32'), words);
  });
});

describe('on Windows', () => {
  it('a variable is set as PowerShell does', () => {
    equal(withVariable('DIGITS_GPU', '0', 'npm start', 'darwin'), 'DIGITS_GPU=0 npm start');
    equal(withVariable('DIGITS_GPU', '0', 'npm start', 'win32'), "$env:DIGITS_GPU='0'; npm start");
  });
});

describe('the browsers that may be installed', () => {
  const local = 'C:\\Users\\王\\AppData\\Local';
  const systems: [NodeJS.Platform, env: Record<string, string>, found: string[]][] = [
    [
      'win32',
      { ProgramFiles: 'C:\\Program Files', LOCALAPPDATA: local },
      [
        `${local}\\Google\\Chrome\\Application\\chrome.exe`,
        'C:\\Program Files\\Microsoft\\Edge\\Application\\msedge.exe',
      ],
    ],
    [
      'darwin',
      { HOME: '/Users/me' },
      [
        '/Users/me/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
        '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
      ],
    ],
    ['linux', { PATH: '/usr/bin:/snap/bin' }, ['/snap/bin/chromium', '/usr/bin/microsoft-edge']],
  ];
  for (const [platform, env, found] of systems) {
    it(`are Chrome before Edge on ${platform}, for all users or one`, () =>
      deepEqual(browserPlaces(env, platform, disk(...found)), found));
  }
});
