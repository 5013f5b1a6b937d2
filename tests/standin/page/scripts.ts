import { makeCodec } from '../structured-clone.ts';
import { makeBridge } from './bridge.ts';
import { setUpMainWorld, setUpPreloadWorld } from './worlds.ts';

/** The scripts that every document of a window starts with, as text. */
export interface PageScripts {
  readonly main: string;
  readonly preload: string | undefined;
}

/** As in Electron, frames within a window have no preload script. */
const TOP_ONLY = 'if (window !== window.top) return;';

/** `secret` names the events between the two worlds, so that the page cannot guess them. */
export function pageScripts(secret: string, preload: string | undefined, process: object): PageScripts {
  const [toPage, toPreload] = [JSON.stringify(`${secret}-page`), JSON.stringify(`${secret}-preload`)];
  return {
    main: `(() => { ${TOP_ONLY} (${setUpMainWorld})((${makeBridge})(window, ${toPreload}, ${toPage})); })()`,
    preload:
      preload === undefined
        ? undefined
        : `(() => { ${TOP_ONLY} (${setUpPreloadWorld})((${makeBridge})(window, ${toPage}, ${toPreload}), (${makeCodec})(),
${JSON.stringify(process)}, globalThis.__standinSend, function (require, module, exports, process, global) {
${preload}
}); })()`,
  };
}
