/** Decides if recording a step pays. Measured on models of all kinds, on two cores. */
export const recordingCost = {
  /**
   * The steps from which on a training gains by it, over all epochs; and those of an epoch from which on
   * its first one does. To record a step takes two steps of tfjs-layers and some more, the graph is loaded,
   * and its first run is slow: 7 to 16 steps of tfjs-layers take as long, the more the newer the process.
   */
  from: 12,

  /**
   * Whether an epoch of fewer steps gains by it all the same, since they are long: a recorded step takes a
   * quarter of the time, or less.
   *
   * @param left steps that are left of the epoch.
   * @param step milliseconds that a step of tfjs-layers takes.
   * @param tensors that it makes: of these, more than of their sizes, it depends how long the rest takes.
   */
  midway: (left: number, step: number, tensors: number): boolean =>
    0.75 * left * step > 2 * step + 60 + 0.12 * tensors,
};
