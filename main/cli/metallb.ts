import { plainText } from '../cluster/plain-text.ts';
import { readMetallb } from '../metallb/status.ts';
import { waitForCluster } from './cluster-answer.ts';
import { type Command, EXIT } from './command.ts';
import { openSessionFor } from './session.ts';
import { describeMetallb } from './status.ts';

export const metallbStatusCommand: Command = {
  name: 'metallb status',
  takes: '',
  summary: 'Show whether MetalLB gives addresses',
  options: [],
  run: async ({ options, io, out }) => {
    const session = await openSessionFor(options, io, out);
    try {
      await waitForCluster(session, options.timeoutMs, io.interrupted);
      const status = await readMetallb(session.connection, session.source, io.interrupted);
      if (out.json) out.value(status);
      else {
        out.line(out.style('bold', `MetalLB: ${describeMetallb(status)}`));
        if (status.managedBy !== '') out.line(`Installed by ${plainText(status.managedBy)}.`);
        for (const problem of status.problems) out.line(plainText(problem));
      }
      return status.state === 'ready' ? EXIT.done : EXIT.pending;
    } finally {
      await session.close();
    }
  },
};
