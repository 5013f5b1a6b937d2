type Listener = (text: string) => void;

let listener: Listener | undefined;

/** Has a screen reader say what just happened, without moving the focus. Failures say themselves: see `FailureNote`. */
export function announce(text: string): void {
  listener?.(text);
}

/** The live region gets what is announced; there is one. */
export function onAnnounce(heard: Listener): () => void {
  listener = heard;
  return () => {
    listener = undefined;
  };
}
