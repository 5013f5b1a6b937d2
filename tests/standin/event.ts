/** An event that a listener can say no to. */
export interface Preventable {
  readonly defaultPrevented: boolean;
  preventDefault(): void;
}

/** Makes the first argument of Electron's events, with what is known about this one. */
export function electronEvent<T extends object>(details: T): T & Preventable;
export function electronEvent(): Preventable;
export function electronEvent(details: object = {}): Preventable {
  return Object.assign(details, {
    defaultPrevented: false,
    preventDefault(this: { defaultPrevented: boolean }) {
      this.defaultPrevented = true;
    },
  });
}
