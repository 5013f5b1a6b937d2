import type { DevtoolsTarget } from './devtools.ts';
import { protocolHandler } from './protocol.ts';
import { defaultSession } from './session.ts';
import { fromWire, headerToWire } from './wire-url.ts';

/** A request of a page that Chromium holds back until it is told what to do with it. */
export interface PausedRequest {
  readonly requestId: string;
  readonly frameId: string;
  readonly resourceType: string;
  readonly request: {
    readonly url: string;
    readonly method: string;
    readonly headers: Record<string, string>;
    readonly postData?: string;
  };
  readonly redirectedRequestId?: string;
  /** There where the answer has begun. */
  readonly responseStatusCode?: number;
  readonly responseHeaders?: readonly { readonly name: string; readonly value: string }[];
}

type Headers = Record<string, string | string[]>;

/** A navigation that is refused leaves the page as it is. */
export async function refuse(page: DevtoolsTarget, { requestId, resourceType }: PausedRequest): Promise<void> {
  const errorReason = resourceType === 'Document' ? 'Aborted' : 'BlockedByClient';
  await page.send('Fetch.failRequest', { requestId, errorReason });
}

/** Gets the answer from the app's handler for the scheme, else from the network. */
export async function answer(page: DevtoolsTarget, paused: PausedRequest): Promise<void> {
  const { requestId, responseStatusCode } = paused;
  const url = fromWire(paused.request.url);
  if (responseStatusCode !== undefined) return await passThrough(page, paused, responseStatusCode);
  const handler = protocolHandler(url);
  if (handler === undefined) {
    const interceptResponse = defaultSession.headersListener !== undefined && /^https?:/.test(url);
    await page.send('Fetch.continueRequest', { requestId, interceptResponse });
    return;
  }
  try {
    const { method, headers, postData = null } = paused.request;
    await fulfil(page, paused, await handler(new Request(url, { method, headers, body: postData })));
  } catch (error) {
    process.stderr.write(`the handler of ${url}: ${error}\n`);
    await page.send('Fetch.failRequest', { requestId, errorReason: 'Failed' });
  }
}

async function fulfil(page: DevtoolsTarget, paused: PausedRequest, response: Response): Promise<void> {
  const { requestId } = paused;
  if (response.type === 'error') {
    await page.send('Fetch.failRequest', { requestId, errorReason: 'Failed' });
    return;
  }
  const headers: Record<string, string[]> = {};
  response.headers.forEach((value, name) => {
    headers[name] = [value];
  });
  const received = await defaultSession.headersReceived(fromWire(paused.request.url), response.status, headers);
  if (received === undefined) return await refuse(page, paused);
  await page.send('Fetch.fulfillRequest', {
    requestId,
    responseCode: response.status,
    responseHeaders: toWireHeaders(received),
    body: Buffer.from(await response.arrayBuffer()).toString('base64'),
  });
}

async function passThrough(page: DevtoolsTarget, paused: PausedRequest, responseCode: number): Promise<void> {
  const headers: Record<string, string[]> = {};
  for (const { name, value } of paused.responseHeaders ?? []) headers[name] = [...(headers[name] ?? []), value];
  const received = await defaultSession.headersReceived(paused.request.url, responseCode, headers);
  if (received === undefined) return await refuse(page, paused);
  const { requestId } = paused;
  await page.send('Fetch.continueResponse', { requestId, responseCode, responseHeaders: toWireHeaders(received) });
}

function toWireHeaders(headers: Headers): { name: string; value: string }[] {
  return Object.entries(headers).flatMap(([name, values]) =>
    [values].flat().map(value => ({ name, value: headerToWire(value) })),
  );
}
