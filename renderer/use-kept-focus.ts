import { type RefObject, useEffect } from 'react';

/**
 * Where what has the focus goes away, as a button does with what it was for, the heading of the `sheet` gets it: else a
 * keyboard would begin anew at the top of the window.
 */
export function useKeptFocus(sheet: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    let last: EventTarget | null = null;
    const focused = ({ target }: FocusEvent) => {
      last = target;
    };
    const left = ({ target }: FocusEvent) => {
      // Told before it goes away; and also when another window comes up, as for a password, which takes nothing from it.
      queueMicrotask(() => {
        if (target === last && target instanceof Node && target.isConnected && document.activeElement !== target)
          last = null;
      });
    };
    const changes = new MutationObserver(() => {
      if (!(last instanceof Node) || last.isConnected) return;
      last = null;
      // A dialog gives the focus back to where it came from, a moment after it is gone.
      requestAnimationFrame(() => {
        if (document.activeElement === document.body) sheet.current?.querySelector('h1')?.focus();
      });
    });
    document.addEventListener('focusin', focused);
    document.addEventListener('focusout', left);
    changes.observe(document.body, { childList: true, subtree: true });
    return () => {
      document.removeEventListener('focusin', focused);
      document.removeEventListener('focusout', left);
      changes.disconnect();
    };
  }, [sheet]);
}
