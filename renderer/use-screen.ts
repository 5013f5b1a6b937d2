import { createContext, useContext } from 'react';
import type { Screen } from '../preload/contract.ts';

interface Place {
  readonly screen: Screen;
  readonly go: (screen: Screen) => void;
}

export const PlaceContext = createContext<Place>({ screen: 'overview', go: () => {} });

/** Which screen is open, and the way to another. */
export function useScreen(): Place {
  return useContext(PlaceContext);
}
