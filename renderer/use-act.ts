import { createContext, useContext } from 'react';
import { ask } from './ask.ts';

export type Act = typeof ask;

export const ActContext = createContext<Act>(ask);

/** Sends an intent; where it fails, the window says so above the screen. For more than that there is `useRequest`. */
export function useAct(): Act {
  return useContext(ActContext);
}
