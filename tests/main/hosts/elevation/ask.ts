/* Asks through sudo-prompt and prints the answer as JSON. Its one argument is the job as JSON. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { SudoPrompt } from '../../../../main/hosts/elevation/sudo-prompt.ts';

const { program, nonce, gone } = JSON.parse(process.argv[2] ?? '');
// As a terminal in a folder that was deleted.
if (gone) rmSync(gone, { recursive: true });
const child = join(import.meta.dirname, '../../../../main/hosts/elevation/sudo-prompt-child.ts');
const plan = { token: 'WzEsImFwcGx5Il0_-a', nonce, path: '/nowhere' };
const answer = await new SudoPrompt({ platform: 'linux', program, child }).run(plan, () => false);
process.stdout.write(JSON.stringify(answer));
