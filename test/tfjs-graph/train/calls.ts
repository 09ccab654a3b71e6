import {
  type Binding,
  type NativeBackend,
  nativeBackend,
  plain,
} from '../../../lib/tfjs-graph/graph/backend';

type Method = (...values: unknown[]) => unknown;

/** How often `work` calls a method of the native addon, such as the one that loads a graph. */
export async function callsOf(
  method: keyof Binding,
  work: () => Promise<unknown>,
): Promise<number> {
  const backend = nativeBackend() as NativeBackend;
  const { binding } = backend;
  const members = plain(binding);
  let calls = 0;
  const counted: Method = (...values) => {
    calls++;
    return (members[method] as Method)(...values);
  };
  backend.binding = { ...members, [method]: counted };
  try {
    await work();
  } finally {
    backend.binding = binding;
  }
  return calls;
}
