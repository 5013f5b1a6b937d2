import { EventEmitter } from 'node:events';
import { startedAs } from './started-as.ts';

/** `electron`'s `nativeTheme`. The system is light, unless --force-dark-mode says otherwise. */
class NativeTheme extends EventEmitter {
  readonly shouldUseHighContrastColors = false;
  readonly shouldUseInvertedColorScheme = false;
  readonly inForcedColorsMode = false;
  readonly shouldUseDarkColorsForSystemIntegratedUI = startedAs.switches.has('force-dark-mode');
  #source: 'system' | 'light' | 'dark' = 'system';

  get themeSource(): 'system' | 'light' | 'dark' {
    return this.#source;
  }

  set themeSource(source: 'system' | 'light' | 'dark') {
    if (source === this.#source) return;
    this.#source = source;
    this.emit('updated');
  }

  get shouldUseDarkColors(): boolean {
    return this.#source === 'dark' || (this.#source === 'system' && this.shouldUseDarkColorsForSystemIntegratedUI);
  }
}

export const nativeTheme = new NativeTheme().setMaxListeners(0);
