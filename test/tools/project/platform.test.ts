import { deepEqual, equal } from 'node:assert/strict';
import {
  browserPlaces,
  hearsSignals,
  npmCommand,
  onPath,
  ownGroup,
  programIn,
  withVariable,
} from '../../../lib/tools/project/platform.mjs';

/** A disk that holds these files alone. */
const disk =
  (...files: string[]) =>
  (path: string) =>
    files.includes(path);

describe('a program of a Python environment', () => {
  it('is in bin on Linux and macOS', () => {
    equal(programIn('/env', 'python', 'linux', disk()), '/env/bin/python');
    equal(programIn('/env', 'jupyter', 'darwin', disk()), '/env/bin/jupyter');
  });

  it('is in Scripts of a virtual environment on Windows, whatever its folder', () => {
    const venv = disk('C:\\my env\\Scripts\\python.exe');
    equal(programIn('C:\\my env', 'python', 'win32', venv), 'C:\\my env\\Scripts\\python.exe');
    equal(programIn('C:\\my env', 'jupyter', 'win32', venv), 'C:\\my env\\Scripts\\jupyter.exe');
    equal(programIn('C:\\none', 'python', 'win32', disk()), 'C:\\none\\Scripts\\python.exe');
  });

  it('is at the top of a conda environment on Windows where it is Python', () => {
    const conda = disk('C:\\env\\python.exe');
    equal(programIn('C:\\env', 'python', 'win32', conda), 'C:\\env\\python.exe');
    equal(programIn('C:\\env', 'jupyter', 'win32', conda), 'C:\\env\\Scripts\\jupyter.exe');
  });
});

describe('a program on the path', () => {
  it('is the first name that is there, in the first folder that has it', () => {
    const there = disk('/b/python3', '/a/python', '/c/python3');
    const env = { PATH: '/a:/b:/c' };
    equal(onPath(['python3', 'python'], env, 'linux', there), '/b/python3');
    equal(onPath(['python', 'python3'], env, 'darwin', there), '/a/python');
    equal(onPath(['uv'], env, 'linux', there), undefined);
  });

  it('is found by Path and PATHEXT on Windows, where folders have a colon', () => {
    const env = { Path: 'C:\\one;D:\\two', PathExt: '.EXE;.CMD' };
    const there = disk('D:\\two\\npm.CMD', 'C:\\one\\npm');
    equal(onPath(['npm'], env, 'win32', there), 'D:\\two\\npm.CMD');
    equal(onPath(['npm'], { Path: 'D:\\two' }, 'win32', there), 'D:\\two\\npm.CMD');
  });

  it('is nowhere on a path that is empty or not set', () => {
    equal(
      onPath(['sh'], { PATH: '' }, 'linux', () => true),
      undefined,
    );
    equal(
      onPath(['sh'], {}, 'linux', () => true),
      undefined,
    );
    equal(
      onPath(['cmd'], {}, 'win32', () => true),
      undefined,
    );
  });
});

describe('npm', () => {
  const script = 'C:\\Program Files\\nodejs\\node_modules\\npm\\bin\\npm-cli.js';

  it('is run by its own script where npm has started us, on every platform', () => {
    for (const platform of ['win32', 'darwin', 'linux'] as const) {
      deepEqual(npmCommand(['ci'], { npm_execpath: script }, platform), {
        program: process.execPath,
        args: [script, 'ci'],
        shell: false,
      });
    }
  });

  it('is found by its name where something else has, on Windows by the shell', () => {
    const env = { npm_execpath: '/usr/share/yarn/bin/yarn.js' };
    deepEqual(npmCommand(['ci'], env, 'darwin'), { program: 'npm', args: ['ci'], shell: false });
    deepEqual(npmCommand(['ci', '--no-audit'], {}, 'win32'), {
      program: 'npm ci --no-audit',
      args: [],
      shell: true,
    });
  });
});

describe('a process', () => {
  it('has a group of its own but on Windows, where that would be a window', () => {
    equal(ownGroup('linux').detached, true);
    equal(ownGroup('darwin').detached, true);
    deepEqual(ownGroup('win32'), { detached: false, windowsHide: true });
  });

  it('hears signals but on Windows', () => {
    deepEqual(
      (['linux', 'darwin', 'win32'] as const).map(platform => hearsSignals(platform)),
      [true, true, false],
    );
  });
});

describe('the browsers that may be installed', () => {
  it('are Chrome before Edge on Windows, for all users or one', () => {
    const env = {
      ProgramFiles: 'C:\\Program Files',
      LocalAppData: 'C:\\Users\\王\\AppData\\Local',
    };
    const edge = 'C:\\Program Files\\Microsoft\\Edge\\Application\\msedge.exe';
    const chrome = 'C:\\Users\\王\\AppData\\Local\\Google\\Chrome\\Application\\chrome.exe';
    deepEqual(browserPlaces(env, 'win32', disk(edge, chrome)), [chrome, edge]);
    deepEqual(browserPlaces(env, 'win32', disk(edge)), [edge]);
    deepEqual(
      browserPlaces({}, 'win32', () => true),
      [],
    );
  });

  it('are applications on macOS, of the system or one’s own', () => {
    const edge = '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge';
    const chrome = '/Users/me/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
    deepEqual(browserPlaces({ HOME: '/Users/me' }, 'darwin', disk(edge, chrome)), [chrome, edge]);
  });

  it('are on the path on Linux', () => {
    const env = { PATH: '/usr/bin:/snap/bin' };
    const there = disk('/snap/bin/chromium', '/usr/bin/microsoft-edge');
    deepEqual(browserPlaces(env, 'linux', there), [
      '/snap/bin/chromium',
      '/usr/bin/microsoft-edge',
    ]);
  });
});

describe('a command with a variable', () => {
  it('is written for PowerShell on Windows', () => {
    equal(withVariable('DIGITS_GPU', '0', 'npm start', 'darwin'), 'DIGITS_GPU=0 npm start');
    equal(withVariable('DIGITS_GPU', '0', 'npm start', 'win32'), "$env:DIGITS_GPU='0'; npm start");
  });
});
