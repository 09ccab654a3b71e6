/**
 * Makes what the language and libraries give unchangeable, before a stranger's cell runs. Imported first: what
 * the platform gives is listed before anything is added to it.
 */

const builtIn = Reflect.ownKeys(globalThis).map(String);

/** Leads to the intrinsics that have no name. */
const unnamed = (): object[] => [
  ...[[].values(), ''[Symbol.iterator](), ''.matchAll(/./g), new Map().keys(), new Set().keys()],
  ...[async () => {}, (function* () {})(), (async function* () {})()],
];

/** Freezes all that is built in, and the functions and classes of libraries, whose instances keep a state. */
export function seal(libraries: readonly object[]): void {
  const sealed = new Set<unknown>([globalThis]);
  freeze([...unnamed(), ...builtIn.map(lock)], sealed, () => true);
  const isCode = (key: string, value: unknown) =>
    key === 'prototype' || typeof value === 'function';
  freeze(libraries.flatMap(codeIn), sealed, isCode);
}

/** Lets no cell give a name of the platform another value; returns its value. */
function lock(name: string): unknown {
  const { configurable, value, get } = Object.getOwnPropertyDescriptor(globalThis, name) ?? {};
  // A handler of events, such as `onmessage`, is nobody's but the cells'.
  if (!configurable || name.startsWith('on')) return value;
  const held = get ? Reflect.get(globalThis, name) : value;
  Object.defineProperty(globalThis, name, { value: held, writable: false, configurable: false });
  return held;
}

/** Lists a library, its functions, and those of the plain objects in it. */
const codeIn = (library: object): unknown[] => [
  library,
  ...Object.values(library).flatMap(member => {
    const isPlain = [Object.prototype, null].includes(Object.getPrototypeOf(member ?? 0));
    return isPlain ? codeIn(member) : typeof member === 'function' ? [member] : [];
  }),
];

function freeze(
  waiting: unknown[],
  sealed: Set<unknown>,
  isMeant: (key: string, value: unknown) => boolean,
): void {
  // It grows meanwhile.
  for (const value of waiting) {
    if (!value || !/object|function/.test(typeof value) || sealed.has(value)) continue;
    sealed.add(value);
    waiting.push(Object.getPrototypeOf(value));
    for (const key of Reflect.ownKeys(value)) {
      const property = Object.getOwnPropertyDescriptor(value, key) ?? {};
      const { value: held, get, set, writable, configurable } = property;
      waiting.push(...[held, get, set].filter(each => isMeant(String(key), each)));
      if (writable && configurable && isReplaced(value, String(key))) replaceable(value, key, held);
    }
    try {
      Object.freeze(value);
    } catch {
      // An object of the platform's own making; its prototype is frozen.
    }
  }
}

/** Tells whether objects give an inherited member another value by assignment, as `this.name = …` in an error. */
const isReplaced = (value: object, key: string): boolean =>
  [Object, Function, Error].some(({ prototype }) => value === prototype) ||
  Object.getPrototypeOf(value) === Error.prototype ||
  /^on[A-Z]/.test(key);

/** Lets heirs assign to a property: frozen as it is, it would forbid that, too. */
function replaceable(owner: object, key: PropertyKey, held: unknown): void {
  const open = { writable: true, enumerable: true, configurable: true };
  Object.defineProperty(owner, key, {
    get: () => held,
    set(this: object, value: unknown) {
      if (this === owner)
        throw new TypeError(`Cannot assign to read only property '${String(key)}'`);
      Object.defineProperty(this, key, { ...open, value });
    },
  });
}
