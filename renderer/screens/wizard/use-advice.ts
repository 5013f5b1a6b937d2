import { useEffect, useState } from 'react';
import type { Failure } from '../../../preload/contract.ts';
import type { AddressesView } from '../../../preload/installer.ts';
import { useRequest } from '../../use-request.ts';

/** The end of a word that is typed without hurry. */
const SETTLED_MS = 300;

interface Advice {
  /** Of exactly this text; `undefined` until it is known. */
  readonly advice: AddressesView | undefined;
  readonly failure: Failure | undefined;
}

/** What is to be said of addresses as they are typed. Without a text a suggestion is asked for, and given to `onSuggest`. */
export function useAdvice(text: string | undefined, onSuggest: (suggestion: AddressesView) => void): Advice {
  const { run, failure } = useRequest('adviseAddresses');
  const [known, setKnown] = useState<{ readonly of: string; readonly advice: AddressesView }>();
  const isKnown = known !== undefined && known.of === text;
  useEffect(() => {
    if (isKnown || text?.trim() === '') return;
    let isLate = false;
    const ask = async () => {
      const reply = await run(text ?? null);
      if (isLate || !reply.ok) return;
      setKnown({ of: text ?? reply.value.text, advice: reply.value });
      if (text === undefined) onSuggest(reply.value);
    };
    const timer = setTimeout(() => void ask(), text === undefined ? 0 : SETTLED_MS);
    return () => {
      isLate = true;
      clearTimeout(timer);
    };
  }, [text, isKnown, run, onSuggest]);
  return { advice: isKnown ? known.advice : undefined, failure };
}
