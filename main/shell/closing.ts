import type { AppState, Settings } from '../../preload/contract.ts';

/**
 * What becomes of the app when its window is closed. Nobody shall lose it: where no tray is sure to be there, the user is
 * asked; where one is, told. Both happen once, and `toldAboutTray` says that it did.
 */
export function decideClose(
  { onClose, toldAboutTray }: Pick<Settings, 'onClose' | 'toldAboutTray'>,
  tray: AppState['system']['tray'],
): 'quit' | 'hide' | 'hide-and-tell' | 'ask' {
  if (onClose === 'quit') return 'quit';
  if (toldAboutTray) return 'hide';
  return tray === 'yes' ? 'hide-and-tell' : 'ask';
}
