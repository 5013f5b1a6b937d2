import { EN } from '../preload/words/en.ts';
import { pseudo } from '../preload/words/pseudo.ts';

const locale = new URLSearchParams(location.search).get('locale');

/** All that the window says, in the language of its address: `en-XA` shows what is not translated and what has no room. */
export const words: typeof EN = locale === 'en-XA' ? pseudo(EN) : EN;
