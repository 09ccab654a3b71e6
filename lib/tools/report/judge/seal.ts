/**
 * Makes what the language and the lesson's libraries give unchangeable, before a stranger's cell runs.
 * Imported first: what the platform gives is listed before anything is added to it.
 */

const builtIn = Reflect.ownKeys(globalThis).map(key => String(key));

/** Leads to the intrinsics that have no name. */
const unnamed = (): object[] => [
  ...[[][Symbol.iterator](), ''[Symbol.iterator](), ''.matchAll(/./g)],
  ...[new Map().entries(), new Set().values(), async () => {}],
  ...[(function* () {})(), (async function* () {})()],
];

/** Freezes all that is built in, and the functions and classes of libraries, whose instances keep a state. */
export function seal(libraries: readonly object[]): void {
  const sealed = new Set<unknown>([globalThis]);
  freeze([...unnamed(), ...builtIn.map(lock)], sealed, () => true);
  const isOfClass = (value: unknown, key: string) =>
    typeof value === 'function' || key === 'prototype';
  freeze(libraries.flatMap(functionsIn), sealed, isOfClass);
}

/** Lets no cell give a name of the platform another value; returns its value. */
function lock(name: string): unknown {
  const { configurable, value, get } = Object.getOwnPropertyDescriptor(globalThis, name) ?? {};
  // A handler of events, such as `onmessage`, is nobody's but the cells'.
  if (!configurable || /^on/.test(name)) return value;
  const held = get ? Reflect.get(globalThis, name) : value;
  Object.defineProperty(globalThis, name, { value: held, writable: false, configurable: false });
  return held;
}

const isPlain = (value: unknown): value is object =>
  typeof value === 'object' &&
  value !== null &&
  [Object.prototype, null].includes(Object.getPrototypeOf(value));

function functionsIn(library: object): unknown[] {
  const members = Object.values(library);
  return [
    library,
    ...members.filter(member => typeof member === 'function'),
    ...members.filter(isPlain).flatMap(functionsIn),
  ];
}

function freeze(
  waiting: unknown[],
  sealed: Set<unknown>,
  isMeant: (value: unknown, key: string) => boolean,
): void {
  while (waiting.length > 0) {
    const value = waiting.pop();
    if ((typeof value !== 'object' && typeof value !== 'function') || !value) continue;
    if (sealed.has(value)) continue;
    sealed.add(value);
    waiting.push(Object.getPrototypeOf(value));
    for (const key of Reflect.ownKeys(value)) {
      const property = Object.getOwnPropertyDescriptor(value, key) ?? {};
      const { value: held, get, set } = property;
      waiting.push(...[held, get, set].filter(each => isMeant(each, String(key))));
      if (property.writable && property.configurable && isReplaced(value, String(key))) {
        Object.defineProperty(value, key, overridable(value, key, held));
      }
    }
    try {
      Object.freeze(value);
    } catch {
      // An object of the platform's own making; its prototype is frozen.
    }
  }
}

/** Tells whether objects give an inherited member another value of their own by assignment, as `this.name = …`. */
const isReplaced = (value: object, key: string): boolean =>
  value === Object.prototype ||
  value === Function.prototype ||
  value === Error.prototype ||
  Object.getPrototypeOf(value) === Error.prototype ||
  /^on[A-Z]/.test(key);

/** Makes a property to which an heir can still assign: frozen as it is, it would forbid that, too. */
const overridable = (owner: object, key: PropertyKey, held: unknown): PropertyDescriptor => ({
  get: () => held,
  set(this: object, value: unknown) {
    if (this === owner) throw new TypeError(`Cannot assign to read only property '${String(key)}'`);
    Object.defineProperty(this, key, {
      value,
      writable: true,
      enumerable: true,
      configurable: true,
    });
  },
  enumerable: false,
  configurable: false,
});
