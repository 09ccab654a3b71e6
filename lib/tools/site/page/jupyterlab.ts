/** The parts of JupyterLab that the site uses. It hands them over itself, so that nothing is bundled. */

export interface Cell {
  /** `*` while the cell runs or waits for its turn. */
  readonly prompt: string;
  readonly model: { readonly id: string; readonly sharedModel: { getSource(): string } };
}

interface Signal<Args> {
  connect(slot: (sender: unknown, args: Args) => void): void;
}

export interface JupyterFrontEnd {
  readonly commands: {
    execute(id: string, args?: object): Promise<unknown>;
    addCommand(id: string, options: object): unknown;
  };
  readonly started: Promise<void>;
  readonly restored: Promise<void>;
  readonly serviceManager: {
    readonly contents: {
      get(path: string, options: object): Promise<unknown>;
      rename(from: string, to: string): Promise<unknown>;
      save(path: string, model: object): Promise<unknown>;
    };
  };
}

/** Which notebook of the site one is, or comes from: its name, and a digest of what it held. */
export interface Origin {
  readonly name: string;
  readonly original: string;
}

export interface NotebookPanel {
  readonly disposed: Signal<void>;
  readonly content: {
    readonly widgets: readonly Cell[];
    activeCellIndex: number;
    scrollToItem(index: number): Promise<void>;
  };
  readonly context: {
    readonly path: string;
    readonly ready: Promise<void>;
    readonly model: {
      getMetadata(key: 'digits'): Origin | undefined;
      toJSON(): unknown;
    };
    readonly saveState: Signal<'started' | 'failed' | 'completed'>;
    save(): Promise<void>;
  };
  readonly sessionContext: {
    /** True once the notebook has a kernel. */
    readonly isReady: boolean;
    readonly statusChanged: Signal<string>;
    /** Starts the notebook's kernel; returns whether the learner is to be asked which one. */
    initialize(): Promise<boolean>;
  };
}

export interface NotebookTracker {
  readonly currentWidget: NotebookPanel | null;
  readonly widgetAdded: Signal<NotebookPanel>;
  find(is: (panel: NotebookPanel) => boolean): NotebookPanel | undefined;
}

/** What the site's own parts work with. */
export interface Page {
  readonly app: JupyterFrontEnd;
  readonly tracker: NotebookTracker;
  /** Adds a command to the palette; `config.yml` puts it in the File menu. */
  offer(command: string, options: object): void;
  /** Shows a notice, which stays until it is closed; with buttons for commands. */
  tell(message: string, type: 'info' | 'warning' | 'error' | 'success', ...actions: object[]): void;
}
