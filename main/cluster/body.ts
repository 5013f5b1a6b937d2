import { StringDecoder } from 'node:string_decoder';

/** An answer that no API server gives: not JSON, cut off, or larger than it could be. */
export class MalformedError extends Error {}

/** No page of a list and no object is larger than etcd lets it be by far. */
const MAX_BODY = 64 * 1024 * 1024;
const MAX_LINE = 8 * 1024 * 1024;

/** Reads a whole JSON answer. Throws a MalformedError for anything else. */
export async function readJson(body: AsyncIterable<Buffer>): Promise<unknown> {
  const decoder = new StringDecoder('utf8');
  let text = '';
  for await (const chunk of body) {
    text += decoder.write(chunk);
    if (text.length > MAX_BODY) throw new MalformedError(`more than ${MAX_BODY} characters`);
  }
  return parse(text + decoder.end());
}

/** Reads a stream of JSON values, one a line, as a watch sends them. Throws a MalformedError for anything else. */
export async function* readJsonLines(body: AsyncIterable<Buffer>): AsyncGenerator<unknown, void> {
  let open: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    let from = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      yield parse(Buffer.concat([...open, chunk.subarray(from, end)]).toString());
      open = [];
      size = 0;
      from = end + 1;
    }
    size += chunk.length - from;
    if (size > MAX_LINE) throw new MalformedError(`a line of more than ${MAX_LINE} bytes`);
    if (from < chunk.length) open.push(chunk.subarray(from));
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new MalformedError('not JSON');
  }
}
