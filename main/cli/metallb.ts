import { ObjectApi } from '../cluster/object-api.ts';
import { plainText } from '../cluster/plain-text.ts';
import { readSurvey } from '../metallb/detect/read-survey.ts';
import { metallbStatus } from '../metallb/status.ts';
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
      const status = metallbStatus(await readSurvey(new ObjectApi(session.connection, io.interrupted)));
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
