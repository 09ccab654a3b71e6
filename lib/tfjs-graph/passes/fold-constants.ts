import { at } from '../array';
import type { Binding } from '../backend';
import type { Tape, TapeConstant } from '../trace/tape';
import { ALIAS } from '../trace/tape-writer';

const FOLDABLE = /^(Mul|RealDiv|Reshape)$/;

/** Computes ops of constants, such as the share of each sample in the mean loss, once instead of in each run. */
export function foldConstants(tape: Tape, binding: Binding): Tape {
  const constants = new Map(tape.constants.map(constant => [constant.id, constant]));
  const folded: TapeConstant[] = [];
  const ops = tape.ops.filter(({ op, attrs, inputs, outputs }) => {
    const operands = inputs.flatMap(id => constants.get(id) ?? []);
    const [first] = operands;
    if (!first || operands.length < inputs.length) return true;
    const output = at(outputs, 0);
    if (op === ALIAS) constants.set(output, first);
    if (!FOLDABLE.test(op)) return true;
    const ids = operands.map(({ shape, dtype, values }) =>
      binding.createTensor(shape, dtype, values),
    );
    const { id, shape, dtype } = at(binding.executeOp(op, attrs, ids, 1), 0);
    const constant = { id: output, shape, dtype, values: binding.tensorDataSync(id) };
    for (const tensor of [...ids, id]) binding.deleteTensor(tensor);
    constants.set(output, constant);
    folded.push(constant);
    return false;
  });
  return { ...tape, ops, constants: [...tape.constants, ...folded] };
}
