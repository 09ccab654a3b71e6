/** What the tools say, in English: one section for each folder. `early/` has what they say before the npm packages are installed. */
export const en = {
  bench: {
    //
  },

  classroom: {
    //
  },

  faults: {
    //
  },

  lab: {
    //
  },

  project: {
    //
  },

  publish: {
    //
  },

  setup: {
    //
  },

  site: {
    //
  },
};

/** The texts that each language has. */
export type Messages = typeof en;
