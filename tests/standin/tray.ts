import { EventEmitter } from 'node:events';
import { app } from './app.ts';
import { NativeImage } from './native-image.ts';

/** `electron`'s `Tray`. What it shows is seen by who wraps its methods, here as in Electron. */
export class Tray extends EventEmitter {
  #destroyed = false;

  constructor(image: NativeImage | string) {
    super();
    if (!app.isReady()) throw new Error('Cannot create Tray before app is ready');
    if (typeof image === 'string' && NativeImage.createFromPath(image).isEmpty())
      throw new Error(`Failed to load image from path '${image}'`);
  }

  setImage(): void {
    this.#mustLive();
  }

  setPressedImage(): void {
    this.#mustLive();
  }

  setToolTip(): void {
    this.#mustLive();
  }

  setTitle(): void {
    this.#mustLive();
  }

  setContextMenu(): void {
    this.#mustLive();
  }

  setIgnoreDoubleClickEvents(): void {}
  popUpContextMenu(): void {}
  closeContextMenu(): void {}
  focus(): void {}

  getBounds(): object {
    return { x: 1_200, y: 0, width: 24, height: 24 };
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  destroy(): void {
    this.#destroyed = true;
  }

  #mustLive(): void {
    if (this.#destroyed) throw new Error('Tray is destroyed');
  }
}
