/** Types of JupyterLab's parts used by the site. JupyterLab provides the objects at run time, so nothing is bundled. */

export interface Cell {
  /** `*` while the cell is running or queued. */
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
  readonly shell: {
    /** Undefined in the app for small screens. */
    collapseLeft?(): void;
    widgets(area: 'main'): Iterable<{ readonly id: string; close(): void }>;
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

/** The original of a copy: name and content digest of the site's notebook. */
export interface Origin {
  readonly name: string;
  readonly original: string;
}

export interface NotebookPanel {
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
    readonly isReady: boolean;
    /** Starts the notebook's kernel. Returns whether JupyterLab must ask for a kernel. */
    initialize(): Promise<boolean>;
  };
}

export interface NotebookTracker {
  readonly currentWidget: NotebookPanel | null;
  readonly currentChanged: Signal<NotebookPanel | null>;
  readonly widgetAdded: Signal<NotebookPanel>;
  find(is: (panel: NotebookPanel) => boolean): NotebookPanel | undefined;
  forEach(use: (panel: NotebookPanel) => void): void;
}

export interface Page {
  readonly app: JupyterFrontEnd;
  readonly tracker: NotebookTracker;
  /** Adds a command to the palette. `config.yml` adds it to the File menu. */
  addCommand(command: string, options: object): void;
  /** Shows a persistent notification with action buttons. */
  notify(text: string, type: 'info' | 'warning' | 'error' | 'success', ...actions: object[]): void;
}
