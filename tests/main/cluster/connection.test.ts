import { expect, test } from 'vitest';
import { Connection } from '../../../main/cluster/connection.ts';
import { startDemo } from '../../../main/demo/demo.ts';
import { accessTo } from '../../demo-connection.ts';
import { waitFor } from '../../wait-for.ts';

test('a refused login that cannot be renewed leaves no connection open', async () => {
  const demo = await startDemo();
  demo.faults.add({ resource: 'any', verb: 'any', fault: { kind: 'answer', code: 401 } });
  const access = accessTo(demo);
  const connection = new Connection({
    access: async refused => {
      if (refused === undefined) return access;
      throw new Error('the plugin failed');
    },
  });
  const sockets = () => process.getActiveResourcesInfo().filter(name => name === 'TCPSocketWrap').length;
  const before = sockets();
  for (let n = 0; n < 5; n++) {
    const answer = connection.get('/api/v1/services', 'application/json', new AbortController().signal);
    await expect(answer).rejects.toThrow('the plugin failed');
  }
  await waitFor('all are closed', () => sockets() <= before);
  connection.close();
  await demo.stop();
});
