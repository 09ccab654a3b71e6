/** The parts of JupyterLab that the site's plugins use. It hands them over itself, so that nothing is bundled. */

interface Signal<Sender, Args> {
  connect(slot: (sender: Sender, args: Args) => void): void;
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
      get(path: string, options?: object): Promise<unknown>;
      rename(from: string, to: string): Promise<unknown>;
      save(path: string, model: object): Promise<unknown>;
    };
  };
}

export interface SessionContext {
  /** True once the notebook has a kernel. */
  readonly isReady: boolean;
  /** Starts the notebook's kernel; returns whether the learner is to be asked which one. */
  initialize(): Promise<boolean>;
}

export interface NotebookPanel {
  readonly context: {
    readonly path: string;
    readonly ready: Promise<void>;
    readonly model: {
      readonly dirty: boolean;
      getMetadata(key: string): unknown;
      toJSON(): unknown;
    };
    readonly saveState: Signal<unknown, 'started' | 'failed' | 'completed'>;
    save(): Promise<void>;
  };
  readonly sessionContext: SessionContext;
  readonly toolbar: { addItem(name: string, widget: object): unknown };
}

export interface NotebookTracker {
  readonly currentWidget: NotebookPanel | null;
  readonly widgetAdded: Signal<NotebookTracker, NotebookPanel>;
  forEach(visit: (panel: NotebookPanel) => void): void;
}

export interface ThemeManager {
  /** Null before the first one is loaded. */
  readonly theme: string | null;
  /** Told of before the page, hidden for a frame, is shown in it. */
  readonly themeChanged: Signal<ThemeManager, unknown>;
}

export interface MainMenu {
  readonly fileMenu: { addGroup(items: readonly object[], rank?: number): unknown };
}

export interface CommandPalette {
  addItem(item: object): unknown;
}

export interface Notifications {
  emit(
    message: string,
    type: 'info' | 'warning' | 'error' | 'success',
    options: {
      autoClose: number | false;
      actions?: { label: string; displayType?: 'accent'; callback(): void }[];
    },
  ): string;
}

/** Asks for a text, which it shows, selected. */
export interface InputDialogs {
  getText(options: { title: string; text: string }): Promise<unknown>;
}

export interface ToolbarButtons {
  readonly CommandToolbarButton: new (options: {
    commands: JupyterFrontEnd['commands'];
    id: string;
  }) => object;
}

export interface Plugin {
  readonly id: string;
  readonly autoStart: true;
  readonly requires?: readonly unknown[];
  readonly optional?: readonly unknown[];
  activate(app: JupyterFrontEnd, ...services: never[]): void;
}
