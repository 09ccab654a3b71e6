/** A recorder of the messages from the kernel to a notebook. */

/** A display message to the notebook. */
export interface Shown {
  readonly data: Record<string, string>;
  readonly id: string | undefined;
  /** Whether the display replaces an earlier display. */
  readonly update: boolean;
}

const DISPLAY = Symbol.for('digits.display');

type Content = { data: Record<string, string>; transient?: { display_id: string } };

/** Runs `work` as if in a notebook and returns the outputs. Calls `see` with each output. */
export async function inNotebook(
  work: () => unknown,
  see: (shown: Shown) => void = () => {},
): Promise<Shown[]> {
  const outputs: Shown[] = [];
  const write = ({ data, transient }: Content, update: boolean) => {
    outputs.push({ data, id: transient?.display_id, update });
    see({ data, id: transient?.display_id, update });
  };
  Object.assign(globalThis, { [DISPLAY]: write });
  try {
    await work();
  } finally {
    Reflect.deleteProperty(globalThis, DISPLAY);
  }
  return outputs;
}

/** Returns the output of a call in a notebook, by MIME type. */
export function displayed(call: () => void): Record<'text/html' | 'text/plain', string> {
  const globals = {};
  const write = ({ data }: Content) => void Object.assign(globals, data);
  Object.assign(globalThis, { [DISPLAY]: write });
  try {
    call();
  } finally {
    Reflect.deleteProperty(globalThis, DISPLAY);
  }
  return globals as ReturnType<typeof displayed>;
}
