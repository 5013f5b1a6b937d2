import { ClipboardPaste, FolderSearch, Play, RotateCw, Search } from 'lucide-react';
import { useState } from 'react';
import type { Failure } from '../../../preload/contract.ts';
import { Banner } from '../../components/Banner.tsx';
import { Button } from '../../components/Button.tsx';
import { FailureNote } from '../../components/FailureNote.tsx';
import { Group, Row } from '../../components/Group.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { useRequest } from '../../use-request.ts';
import { words } from '../../words.ts';
import { K3sHint } from './K3sHint.tsx';
import { Paste } from './Paste.tsx';

/** There is no kubeconfig yet, or none that can be used. */
export function Kubeconfig({ failure }: { failure: Failure | undefined }) {
  return (
    <>
      <PageHeader icon={Search} title={words.setup.kubeconfig.title} detail={words.setup.kubeconfig.detail} />
      {failure && <Banner tone="error" title={<bdi>{failure.message}</bdi>} text={<bdi>{failure.hint}</bdi>} />}
      <Ways />
      <K3sHint />
    </>
  );
}

function Ways() {
  const choose = useRequest('chooseKubeconfig');
  const look = useRequest('lookAgain');
  const demo = useRequest('startDemo');
  const [isPasting, setPasting] = useState(false);
  const text = words.setup.kubeconfig;
  return (
    <>
      <FailureNote failure={choose.failure ?? look.failure ?? demo.failure} />
      <Group label={text.ways}>
        <Row
          icon={FolderSearch}
          title={text.file}
          detail={text.fileText}
          action={<Start variant="primary" label={text.choose} request={choose} />}
        />
        <Row
          icon={ClipboardPaste}
          title={text.pasteTitle}
          detail={text.openText}
          action={
            <Button aria-expanded={isPasting} onClick={() => setPasting(!isPasting)}>
              {text.open}
            </Button>
          }
        />
        {isPasting && <Paste />}
        <Row
          icon={RotateCw}
          title={text.look}
          detail={text.lookText}
          action={<Start label={text.lookAgain} request={look} />}
        />
        <Row
          icon={Play}
          title={text.demo}
          detail={text.demoText}
          action={<Start label={text.startDemo} request={demo} />}
        />
      </Group>
    </>
  );
}

function Start({
  label,
  request: { run, busy },
  variant = 'secondary',
}: {
  label: string;
  request: { readonly run: () => Promise<unknown>; readonly busy: boolean };
  variant?: 'primary' | 'secondary';
}) {
  return (
    <Button variant={variant} busy={busy} onClick={() => void run()}>
      {label}
    </Button>
  );
}
