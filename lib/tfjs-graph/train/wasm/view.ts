/** An axis of a view: `inner` numbers a stride apart, and `outer` such runs. Strides are in numbers. */
export interface Axis {
  readonly inner: number;
  readonly stride: number;
  readonly outer: number;
  readonly outerStride: number;
}

/**
 * Numbers in memory, looked at as a matrix. The patches of a picture are one, a patch a row, although
 * they overlap and are written down nowhere.
 */
export interface View {
  /** In bytes. */
  readonly address: number;
  readonly rows: Axis;
  readonly columns: Axis;
}

/** Returns an axis of a single run. */
export const axis = (inner: number, stride: number): Axis => ({
  inner,
  stride,
  outer: 1,
  outerStride: 0,
});

export const transposed = ({ address, rows, columns }: View): View => ({
  address,
  rows: columns,
  columns: rows,
});
