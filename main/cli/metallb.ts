import { plainText } from '../cluster/plain-text.ts';
import { waitForCluster } from './cluster-answer.ts';
import { type Command, EXIT } from './command.ts';
import { describeMetallb, readMetallb } from './metallb-state.ts';
import { openSessionFor } from './session.ts';

export const metallbStatusCommand: Command = {
  name: 'metallb status',
  takes: '',
  summary: 'Show whether MetalLB gives addresses',
  options: [],
  run: async invocation => {
    const { options, io, out } = invocation;
    const session = await openSessionFor(options, io, out);
    try {
      await waitForCluster(session, options.timeoutMs, io.interrupted);
      const status = await readMetallb(session, invocation);
      if (out.json) out.value(status);
      else {
        out.line(out.style('bold', `MetalLB: ${describeMetallb(status)}`));
        if (status.ours) out.line('It was installed by Cluster Hosts.');
        const told = [...new Set([status.owner, ...status.problems])].filter(text => text !== '');
        for (const text of told) out.line(plainText(text, 600));
      }
      return status.state === 'ready' ? EXIT.done : EXIT.pending;
    } finally {
      await session.close();
    }
  },
};
