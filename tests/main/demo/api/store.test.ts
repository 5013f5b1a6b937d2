import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import type { StoredObject } from '../../../../main/demo/api/objects.ts';
import { Store } from '../../../../main/demo/api/store.ts';

function configMap(name: string, content: number): StoredObject {
  const metadata = { name, namespace: 'default', uid: name, resourceVersion: '', generation: 1, creationTimestamp: '' };
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata, content };
}

const writes = fc.array(
  fc.record({ name: fc.constantFrom('a', 'b', 'c'), content: fc.nat(2), isDeletion: fc.boolean() }),
  { maxLength: 40 },
);

test.prop([writes])('a snapshot at any version is what a list then was, and the changes lead on to now', operations => {
  const store = new Store();
  const seen = new Map<number, StoredObject[]>([[0, []]]);
  for (const { name, content, isDeletion } of operations) {
    const current = store.get('configmaps', `default/${name}`);
    if (!isDeletion) store.put('configmaps', configMap(name, content));
    else if (current) store.delete('configmaps', current);
    seen.set(store.version, store.snapshot('configmaps'));
  }
  for (const [version, objects] of seen) {
    expect(store.snapshot('configmaps', version)).toEqual(objects);
    const state = new Map(objects.map(object => [object.metadata.name, object]));
    for (const { type, object } of store.changesSince('configmaps', version)) {
      if (type === 'DELETED') state.delete(object.metadata.name);
      else state.set(object.metadata.name, object);
    }
    expect([...state.values()].sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1))).toEqual(
      store.snapshot('configmaps'),
    );
  }
});
