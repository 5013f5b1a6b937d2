import { useState } from 'react';
import type { WriteView } from '../../../preload/contract.ts';
import { Banner } from '../../components/Banner.tsx';
import { Button } from '../../components/Button.tsx';
import { useAct } from '../../use-act.ts';
import { useAppState } from '../../use-app-state.ts';
import { words } from '../../words.ts';
import { Consents } from './Consents.tsx';

/** What there is to know besides the headline. */
export function Banners() {
  const isDemo = useAppState(state => state.cluster?.demo ?? false);
  return (
    <>
      <LastWrite />
      <Consents />
      <NoTray />
      {isDemo && <DemoNote />}
    </>
  );
}

/** A write that failed is the headline already, and one that went well needs no words. */
function LastWrite() {
  const act = useAct();
  const write = useAppState(state => state.lastWrite);
  const isHeadline = useAppState(state => state.status === 'write-failed');
  if (write === undefined || isHeadline || isPlainSuccess(write)) return null;
  return (
    <Banner
      tone={toneOf(write)}
      title={words.hostsFile.outcome(write.outcome)}
      text={
        <>
          {write.message && <p>{`${write.message} ${write.hint}`}</p>}
          {write.remarks.map(remark => (
            <p key={remark}>{remark}</p>
          ))}
        </>
      }
      onDismiss={() => void act('dismissWrite')}
    />
  );
}

function isPlainSuccess({ outcome, remarks }: WriteView): boolean {
  return (outcome === 'done' || outcome === 'no-change') && remarks.length === 0;
}

function toneOf({ outcome, remarks }: WriteView): 'info' | 'warn' | 'error' {
  if (outcome === 'done' || outcome === 'no-change') return remarks.length === 0 ? 'info' : 'warn';
  return outcome === 'declined' || outcome === 'changed-meanwhile' ? 'warn' : 'error';
}

/** For this window only: what the user did with it is not worth a setting. */
let isTrayNoteDismissed = false;

function NoTray() {
  const system = useAppState(state => state.system);
  const [isDismissed, setDismissed] = useState(isTrayNoteDismissed);
  if (system.platform !== 'linux' || system.tray === 'yes' || isDismissed) return null;
  const dismiss = () => {
    isTrayNoteDismissed = true;
    setDismissed(true);
  };
  return (
    <Banner
      tone="info"
      title={system.tray === 'no' ? words.common.noTray.title : words.common.noTray.unsure}
      text={words.common.noTray.text}
      onDismiss={dismiss}
    />
  );
}

function DemoNote() {
  const act = useAct();
  return (
    <Banner
      tone="info"
      title={words.overview.demo.title}
      text={words.overview.demo.text}
      action={<Button onClick={() => void act('leaveDemo')}>{words.overview.demo.leave}</Button>}
    />
  );
}
