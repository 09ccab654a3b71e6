/**
 * The steps from which on a training gains by recording its step, over all epochs; and those of an epoch
 * from which on its first one does. To record one takes two steps of tfjs-layers and some more, the graph is
 * loaded, and its first run is slow: on models of all kinds 7 to 16 steps of tfjs-layers take as long, the
 * more the newer the process.
 */
export const worthRecording = { from: 12 };
