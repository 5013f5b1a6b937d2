import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NameRow, Patch, Reply, Snapshot } from '../../preload/contract.ts';
import { applyPatch } from '../../renderer/apply-patch.ts';
import { Store } from '../../renderer/store.ts';
import { STATES } from './states.ts';

const OK = STATES.ok as Snapshot;

function row(id: string, hostname: string, address = '10.0.0.1'): NameRow {
  const origin = { kind: 'Ingress', namespace: 'web', name: id };
  return { id, hostname, shown: hostname, address, state: 'in-sync', reason: '', origin };
}

const rows = fc
  .uniqueArray(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.constantFrom('a.lab', 'b.lab', 'c.lab')), {
    selector: ([id]) => id,
  })
  .map(pairs => pairs.map(([id, hostname]) => row(String(id), hostname)));

describe('applyPatch', () => {
  it('ends with the rows that a map of them would have, by host name and id', () => {
    fc.assert(
      fc.property(rows, rows, fc.array(fc.integer({ min: 0, max: 30 }).map(String)), (before, put, gone) => {
        const start = applyPatch({ state: OK.state, names: [] }, { state: {}, names: { put: before, gone: [] } });
        const { names } = applyPatch(start, { state: {}, names: { put, gone } });
        const expected = new Map([...before, ...put].map(name => [name.id, name]));
        for (const id of gone) expected.delete(id);
        const sorted = [...expected.values()].toSorted((a, b) =>
          `${a.hostname} ${a.id}` < `${b.hostname} ${b.id}` ? -1 : 1,
        );
        expect(names).toEqual(sorted);
      }),
    );
  });

  it('keeps rows that it does not touch the same objects', () => {
    const [a, b] = [row('1', 'a.lab'), row('2', 'b.lab')];
    const before = { state: OK.state, names: [a, b] };
    const { names } = applyPatch(before, { state: {}, names: { put: [row('2', 'b.lab', '10.0.0.2')], gone: [] } });
    expect(names[0]).toBe(a);
    expect(names[1]?.address).toBe('10.0.0.2');
  });

  it('moves a row whose host name changes', () => {
    const before = { state: OK.state, names: [row('1', 'a.lab'), row('2', 'b.lab')] };
    const { names } = applyPatch(before, { state: {}, names: { put: [row('1', 'c.lab')], gone: [] } });
    expect(names.map(({ hostname }) => hostname)).toEqual(['b.lab', 'c.lab']);
  });

  it('leaves state and names alone where it says nothing of them', () => {
    const { state, names } = applyPatch(OK, { state: {} });
    expect(state).toBe(OK.state);
    expect(names).toBe(OK.names);
    const patched = applyPatch(OK, { state: { status: 'paused' } }).state;
    expect(patched.status).toBe('paused');
    expect(patched.hosts).toBe(OK.state.hosts);
  });
});

describe('Store', () => {
  /** An api whose snapshot comes when the test says so. */
  function api() {
    const snapshot = Promise.withResolvers<Reply<Snapshot>>();
    const listeners = new Set<(patch: Patch) => void>();
    return {
      snapshot,
      patch: (patch: Patch) => {
        for (const listener of listeners) listener(patch);
      },
      getSnapshot: () => snapshot.promise,
      onPatch: (listener: (patch: Patch) => void) => {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    };
  }

  function liveState(store: Store): Snapshot | undefined {
    const mirror = store.get();
    return mirror.phase === 'live' ? mirror.snapshot : undefined;
  }

  it('loses no patch that comes before the snapshot', async () => {
    const store = new Store();
    const { snapshot, patch, ...rest } = api();
    const first = new Promise<void>(resolve => store.subscribe(resolve));
    store.follow(rest);
    patch({ state: { status: 'paused' } });
    patch({ state: {}, names: { put: [row('9', 'zz.lab')], gone: [] } });
    expect(store.get().phase).toBe('waiting');
    snapshot.resolve({ ok: true, value: OK });
    await first;
    expect(liveState(store)?.state.status).toBe('paused');
    expect(liveState(store)?.names.at(-1)?.hostname).toBe('zz.lab');
  });

  it('tells its listeners of each patch until it is ended', async () => {
    const store = new Store();
    const { snapshot, patch, ...rest } = api();
    const end = store.follow(rest);
    snapshot.resolve({ ok: true, value: OK });
    await new Promise<void>(resolve => store.subscribe(resolve));
    patch({ state: { status: 'conflict' } });
    expect(liveState(store)?.state.status).toBe('conflict');
    end();
    patch({ state: { status: 'ok' } });
    expect(liveState(store)?.state.status).toBe('conflict');
  });

  it('says why there is no snapshot, and can be asked again', async () => {
    const store = new Store();
    const error = { code: 'internal', message: 'It broke.', hint: 'Try again.' };
    await store.load({ getSnapshot: () => Promise.resolve({ ok: false, error }) });
    expect(store.get()).toEqual({ phase: 'failed', failure: error });
    await store.load({ getSnapshot: () => Promise.resolve({ ok: true, value: OK }) });
    expect(liveState(store)?.state).toBe(OK.state);
  });
});
