/* A writer that is killed at its n-th file-system call. Its one argument is the job as JSON. */
import { nodeFileSystem } from '../../../main/hosts/file-system.ts';
import { HostsWriter } from '../../../main/hosts/write.ts';
import { bindMount, faultyFileSystem, windows } from '../../faulty-file-system.ts';

const { request, places, mode, at } = JSON.parse(process.argv[2] ?? '');
const bases = {
  'by rename': nodeFileSystem,
  'in place (bind mount)': bindMount(request.path),
  'in place (Windows)': windows(),
};
const { fs } = faultyFileSystem(
  at,
  { code: 'SIGKILL', when: at % 2 ? 'before' : 'after' },
  bases[mode as keyof typeof bases],
);
await new HostsWriter(request.path, places, fs).write(request.before, request.text);
