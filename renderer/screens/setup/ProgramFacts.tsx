import { FileText, Terminal, Variable } from 'lucide-react';
import { Group, Row } from '../../components/Group.tsx';
import { StatusDot } from '../../components/StatusDot.tsx';
import { words } from '../../words.ts';
import type { Wanted } from './Program.tsx';

/** Who asks for the program, where it is, and what it is given. */
export function ProgramFacts({ wanted: { file, path, env } }: { wanted: Wanted }) {
  const text = words.setup.program;
  return (
    <Group label={text.facts}>
      <Row icon={FileText} title={text.file} detail={<bdi>{file}</bdi>} />
      <Row
        icon={Terminal}
        title={text.path}
        detail={path === '' ? undefined : <bdi>{path}</bdi>}
        status={path === '' ? <StatusDot tone="warn">{text.notFound}</StatusDot> : undefined}
      />
      <Row icon={Variable} title={text.env} detail={env.length === 0 ? text.noEnv : <bdi>{env.join(', ')}</bdi>} />
    </Group>
  );
}
