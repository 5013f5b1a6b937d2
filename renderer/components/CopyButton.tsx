import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { announce } from '../announce.ts';
import { useAct } from '../use-act.ts';
import { words } from '../words.ts';
import { IconButton } from './IconButton.tsx';

const SHOWN_MS = 1500;

/** Copies `text` and says so. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const act = useAct();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    const reply = await act('copyText', text);
    if (!reply.ok) return;
    setCopied(true);
    announce(words.common.copied);
  };
  return <IconButton label={label} icon={copied ? Check : Copy} onClick={() => void copy()} />;
}
