/** What an addon can be compiled for, and what differs from one to the next. */

interface Target {
  /** As zig names it. */
  readonly zig: string;
  /** What of the wheel the addon is linked with, in TensorFlow's folder. */
  readonly libraries: readonly string[];
  /** By which the loaded addon finds them in its own folder, as it does on Windows anyway. */
  readonly runPath: string;
}

/** Node 20 runs on glibc 2.28 at the oldest, so no symbol of a newer one is used. */
const elf = (processor: string): Target => ({
  zig: `${processor}-linux-gnu.2.28`,
  libraries: ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'],
  runPath: '$ORIGIN',
});

const TARGETS: Readonly<Record<string, Target>> = {
  'linux-x64': elf('x86_64'),
  'linux-arm64': elf('aarch64'),
  'darwin-arm64': {
    zig: 'aarch64-macos.12.0', // as the wheel's own libraries
    libraries: ['libtensorflow_cc.2.dylib', 'libtensorflow_framework.2.dylib'],
    runPath: '@loader_path',
  },
  'win32-x64': {
    zig: 'x86_64-windows-gnu',
    libraries: ['python/_pywrap_tensorflow_common.dll.if.lib'],
    runPath: '',
  },
};

export const MACHINES = Object.keys(TARGETS);

/** @param machine such as `linux-x64` */
export function targetOf(machine: string): Target {
  const target = TARGETS[machine];
  if (target) return target;
  throw new Error(`Expected one of ${MACHINES.join(', ')}, but received ${machine}`);
}

/** Tells whether the addon finds the libraries nowhere but in its own folder. */
export const isWindows = (machine: string): boolean => machine.startsWith('win32-');
