/** What was recorded of the first hidden units while a network was trained. */
export interface UnitRecord {
  /** Sizes of the picture, in pixels. */
  readonly size: readonly [height: number, width: number];
  /** In the order of their steps; none before training. */
  readonly snapshots: readonly UnitSnapshot[];
}

/** The units behind one step. */
export interface UnitSnapshot {
  /** Steps taken so far; 0 is before training. */
  readonly step: number;
  /** The mean loss of the last ten steps; none before the first. */
  readonly loss?: number;
  /** A unit's weights, one a pixel, row after row. */
  readonly weights: readonly Float32Array[];
}
