/** Target machines of the addon, with linker settings. */

interface Target {
  /** Zig's target triple. */
  readonly zig: string;
  /** Libraries of the wheel to link with, relative to TensorFlow's folder. */
  readonly libraries: readonly string[];
  /** Run path to the addon's own folder. Windows searches that folder by default. */
  readonly runPath: string;
}

/** Targets glibc 2.28, the oldest supported by Node 20. */
const elf = (processor: string): Target => ({
  zig: `${processor}-linux-gnu.2.28`,
  libraries: ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'],
  runPath: '$ORIGIN',
});

const TARGETS: Readonly<Record<string, Target>> = {
  'linux-x64': elf('x86_64'),
  'linux-arm64': elf('aarch64'),
  'darwin-arm64': {
    zig: 'aarch64-macos.12.0', // like the wheel's libraries
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

/** Returns whether the target is Windows, which loads libraries only from the addon's folder. */
export const isWindows = (machine: string): boolean => machine.startsWith('win32-');
