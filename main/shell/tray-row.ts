import type { Screen } from '../../preload/contract.ts';

/** What a row of the menu asks for. */
export type TrayAction =
  | { readonly do: 'sync' }
  | { readonly do: 'open-name'; readonly hostname: string }
  | { readonly do: 'copy'; readonly text: string }
  | { readonly do: 'choose-context'; readonly name: string }
  | { readonly do: 'check' }
  | { readonly do: 'pause'; readonly minutes: number | null | 'tomorrow' }
  | { readonly do: 'resume' }
  | { readonly do: 'show'; readonly screen?: Screen }
  | { readonly do: 'settings' }
  | { readonly do: 'quit' };

export interface TrayRow {
  readonly id: string;
  readonly label: string;
  /** macOS only. */
  readonly sublabel?: string;
  readonly type?: 'separator' | 'radio' | 'submenu';
  readonly checked?: boolean;
  readonly accelerator?: string;
  readonly action?: TrayAction;
  readonly rows?: readonly TrayRow[];
}
