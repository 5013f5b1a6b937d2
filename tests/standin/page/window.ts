/** What the scripts that run in windows use of them. Their text is sent there: they import nothing but types. */
export interface PageWindow {
  readonly top: unknown;
  dispatchEvent(event: Event): boolean;
  addEventListener(type: string, listener: (event: Event) => void): void;
}
