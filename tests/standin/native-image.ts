import { existsSync, readFileSync } from 'node:fs';

const PNG_SIGNATURE = 0x89504e47;

/** `electron`'s `nativeImage`; of images it knows PNG, and takes anything else for empty. */
export class NativeImage {
  readonly #png: Buffer;
  isMacTemplateImage = false;

  constructor(png: Buffer) {
    this.#png = png;
  }

  static createEmpty(): NativeImage {
    return new NativeImage(Buffer.alloc(0));
  }

  static createFromPath(path: string): NativeImage {
    return existsSync(path) ? new NativeImage(readFileSync(path)) : NativeImage.createEmpty();
  }

  static createFromBuffer(png: Buffer): NativeImage {
    return new NativeImage(png);
  }

  static createFromDataURL(url: string): NativeImage {
    return new NativeImage(Buffer.from(url.slice(url.indexOf(',') + 1), 'base64'));
  }

  isEmpty(): boolean {
    return this.getSize().width === 0;
  }

  getSize(): { width: number; height: number } {
    const isPng = this.#png.length >= 24 && this.#png.readUInt32BE(0) === PNG_SIGNATURE;
    if (!isPng) return { width: 0, height: 0 };
    return { width: this.#png.readUInt32BE(16), height: this.#png.readUInt32BE(20) };
  }

  toPNG(): Buffer {
    return this.#png;
  }

  toDataURL(): string {
    return `data:image/png;base64,${this.#png.toString('base64')}`;
  }

  setTemplateImage(isTemplate: boolean): void {
    this.isMacTemplateImage = isTemplate;
  }

  isTemplateImage(): boolean {
    return this.isMacTemplateImage;
  }

  addRepresentation(): void {}

  resize(): NativeImage {
    return this;
  }
}
