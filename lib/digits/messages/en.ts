/** What learners read, in English: one section for each room of the package. */
export const en = {
  device: {
    //
  },

  exercises: {
    //
  },

  figures: {
    //
  },

  input: {
    //
  },

  network: {
    //
  },

  notebook: {
    //
  },

  pad: {
    //
  },

  quiz: {
    //
  },

  text: {
    //
  },

  training: {
    //
  },
};

/** The texts that each language has. */
export type Messages = typeof en;
