import { describe, expect, test } from 'vitest';
import { differingAnswers, type Lookup, type WrittenName } from '../../../main/hosts/resolve.ts';
import { ManualClock } from '../../manual-clock.ts';
import { waitFor } from '../../wait-for.ts';

const WEB = { hostname: 'web.home.lan', written: ['10.0.0.70'] };
const BOTH = { hostname: 'both.home.lan', written: ['10.0.0.70', 'fd00::70'] };
const SIX = { hostname: 'six.home.lan', written: ['fd00::70'] };

const FOREVER = new Promise<never>(() => {});
const PATIENCE_MS = 2_000;

/** What a small resolver says, by the milliseconds that have passed and the family that is asked for. */
type World = (ms: number, family: 0 | 4 | 6, hostname: string) => readonly string[] | 'nothing';

/** Asks in that world, and moves its clock while somebody waits for it. */
async function ask(names: readonly WrittenName[], world: World) {
  const clock = new ManualClock();
  const startedAt = clock.now();
  const asked: string[] = [];
  const ms = () => clock.now() - startedAt;
  const lookup: Lookup = async (hostname, family) => {
    asked.push(`${ms()} ${hostname} ${family}`);
    const said = world(ms(), family, hostname);
    return said === 'nothing' ? await FOREVER : said;
  };
  let isPatient = false;
  const patienceMs = () => {
    isPatient = true;
    return PATIENCE_MS;
  };
  let isDone = false;
  const answers = differingAnswers(names, { lookup, time: clock, patienceMs }).finally(() => {
    isDone = true;
  });
  const advance = () => clock.advance(isDone ? 0 : 100);
  await waitFor('an answer', () => isDone, advance);
  return { answers: await answers, ms: ms(), asked, isPatient };
}

describe('a name that answers as written', () => {
  test('is asked for once, and nothing is waited for', async () => {
    expect(await ask([WEB], () => ['10.0.0.70'])).toEqual({
      ...{ answers: [], ms: expect.any(Number), isPatient: false },
      asked: ['0 web.home.lan 0'],
    });
  });

  test('whatever the order, the spelling and how often an address is there', async () => {
    const { answers } = await ask([BOTH], () => ['FD00:0::70', '10.0.0.70', '10.0.0.70']);
    expect(answers).toEqual([]);
  });

  test('a little later', async () => {
    const { answers, ms, asked } = await ask([WEB], passed => (passed < 1_000 ? [] : ['10.0.0.70']));
    expect(answers).toEqual([]);
    expect(asked.length).toBeGreaterThan(5);
    expect(ms).toBeLessThan(PATIENCE_MS);
  });

  test('to both families only after a while', async () => {
    const { answers } = await ask([WEB], (passed, family) =>
      passed < 600 && family === 0 ? 'nothing' : ['10.0.0.70'],
    );
    expect(answers).toEqual([]);
  });
});

describe('a name that does not', () => {
  const cases: readonly [what: string, name: WrittenName, found: readonly string[]][] = [
    ['is not found', WEB, []],
    ['has another address', WEB, ['10.0.0.9']],
    ['has another address besides', WEB, ['10.0.0.70', '10.0.0.9']],
    ['has one of the other family besides', WEB, ['10.0.0.70', 'fd00::9']],
    ['lacks a family', BOTH, ['10.0.0.70']],
    ['has another address in place of one', BOTH, ['10.0.0.70', 'fd00::9']],
  ];
  test.each(cases)('%s: asked again until the patience ends', async (_, name, found) => {
    const { answers, asked } = await ask([name], () => found);
    expect(answers).toEqual([{ ...name, found, pace: 'prompt' }]);
    const last = Number.parseInt(asked.at(-1) ?? '', 10);
    expect(last).toBeGreaterThanOrEqual(PATIENCE_MS);
    expect(last).toBeLessThan(PATIENCE_MS + 500);
  });

  test('to both families, but to one: slow, which two rounds are enough to tell', async () => {
    const { answers, asked, ms } = await ask([WEB], (_, family) => (family === 4 ? ['10.0.0.70'] : 'nothing'));
    expect(answers).toEqual([{ ...WEB, found: ['10.0.0.70'], pace: 'slow' }]);
    expect(asked.map(line => line.slice(-1))).toEqual(['0', '4', '0', '4']);
    expect(ms).toBeLessThan(PATIENCE_MS);
  });

  test.each([
    [SIX, '6', ['fd00::70']],
    [BOTH, '4', ['10.0.0.70']],
  ])('to both families, but to one that the file has: %j', async (name, family, found) => {
    const { answers, asked } = await ask([name], (_, of) => (`${of}` === family ? found : 'nothing'));
    expect(answers).toEqual([{ ...name, found, pace: 'slow' }]);
    expect(asked).toHaveLength(4);
  });

  test('ever: each lookup has its limit, and so has the whole', async () => {
    const { answers, ms } = await ask([WEB], () => 'nothing');
    expect(answers).toEqual([{ ...WEB, found: [], pace: 'silent' }]);
    expect(ms).toBeLessThan(PATIENCE_MS + 1_500);
  });
});

test('names are asked for at the same time, and each is told of by itself', async () => {
  const { answers, asked } = await ask([WEB, SIX, BOTH], (_, __, hostname) =>
    hostname === WEB.hostname ? [] : SIX.written,
  );
  expect(asked.slice(0, 3)).toEqual(['0 web.home.lan 0', '0 six.home.lan 0', '0 both.home.lan 0']);
  expect(answers.map(({ hostname }) => hostname)).toEqual([WEB.hostname, BOTH.hostname]);
});

test('a resolver that cannot be asked is not one that has said no', async () => {
  const lookup = () => Promise.reject(new Error('gone'));
  const asking = { lookup, time: new ManualClock(), patienceMs: () => PATIENCE_MS };
  await expect(differingAnswers([WEB], asking)).rejects.toThrow('gone');
});
