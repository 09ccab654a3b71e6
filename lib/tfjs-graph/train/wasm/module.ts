import { type Code, Local, unsigned, VALUE_TYPES, type ValueType } from './assembler';

/** A function of a module. */
export interface Func {
  readonly parameters: readonly ValueType[];
  readonly locals: readonly ValueType[];
  readonly body: Code;
}

/** As many variables as there are types. */
type Locals<Types extends readonly ValueType[]> = { readonly [I in keyof Types]: Local };

/** Declares variables of these types. */
type Declare = <const Types extends readonly ValueType[]>(...types: Types) => Locals<Types>;

/**
 * Writes a function without a result.
 *
 * @param body gives its statements, from the parameters and from what declares more variables.
 */
export function func<const Types extends readonly ValueType[]>(
  parameters: Types,
  body: (parameters: Locals<Types>, declare: Declare) => readonly Code[],
): Func {
  const locals: ValueType[] = [];
  const declare = (...types: readonly ValueType[]) =>
    types.map(type => new Local(parameters.length + locals.push(type) - 1));
  const statements = body(
    parameters.map((_, i) => new Local(i)) as Locals<Types>,
    declare as unknown as Declare,
  );
  return { parameters, locals, body: statements.flat() };
}

/** Writes the binary form of a module that has its memory from outside and exports the functions. */
export function moduleOf(functions: Readonly<Record<string, Func>>) {
  const all = Object.values(functions);
  const names = Object.keys(functions);
  return Uint8Array.from([
    ...MAGIC_AND_VERSION,
    ...section(1, all.map(typeOf)),
    ...section(2, [[...text('env'), ...text('memory'), MEMORY, NO_MAXIMUM, 0]]),
    ...section(
      3,
      all.map((_, i) => unsigned(i)),
    ),
    ...section(
      7,
      names.map((name, i) => [...text(name), FUNCTION, ...unsigned(i)]),
    ),
    ...section(10, all.map(codeOf)),
  ]);
}

const MAGIC_AND_VERSION = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
const [FUNCTION, MEMORY, NO_MAXIMUM] = [0x00, 0x02, 0x00] as const;

const typeOf = ({ parameters }: Func): Code => [
  0x60,
  ...vector(parameters.map(type => [VALUE_TYPES[type]])),
  ...vector([]),
];

const codeOf = ({ locals, body }: Func): Code => {
  const declarations = vector(locals.map(type => [1, VALUE_TYPES[type]]));
  return sized([...declarations, ...body, 0x0b]);
};

const section = (id: number, items: readonly Code[]): Code => [id, ...sized(vector(items))];
const vector = (items: readonly Code[]): Code => [...unsigned(items.length), ...items.flat()];
const sized = (content: Code): Code => [...unsigned(content.length), ...content];
const text = (name: string): Code => sized([...new TextEncoder().encode(name)]);
