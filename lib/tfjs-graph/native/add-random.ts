import type { RandomConstant } from '../trace/random';
import type { GraphText, Ref } from './graph-text';

export function addRandom(
  graph: GraphText,
  { op, shape, dtype, scale, shift }: RandomConstant,
  int32: number,
): Ref {
  const size = graph.constant([shape.length], int32, Int32Array.from(shape));
  const type = graph.type('T', dtype);
  const attrs = [graph.type('dtype', dtype), graph.type('T', int32)];
  const apply = (name: string, numbers: Ref, operand: number) =>
    graph.add(name, [numbers, graph.constant([], dtype, Float32Array.of(operand))], [type]);
  const numbers = graph.add(op, [size], attrs);
  const scaled = scale === 1 ? numbers : apply('Mul', numbers, scale);
  return shift === 0 ? scaled : apply('AddV2', scaled, shift);
}
