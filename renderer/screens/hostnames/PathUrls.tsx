import { ExternalLink, Link } from 'lucide-react';
import { CopyButton } from '../../components/CopyButton.tsx';
import { Group, Row } from '../../components/Group.tsx';
import { IconButton } from '../../components/IconButton.tsx';
import { Section } from '../../components/Section.tsx';
import { useAct } from '../../use-act.ts';
import { useAppState } from '../../use-app-state.ts';
import { words } from '../../words.ts';
import styles from './PathUrls.module.css';

/** Routes that only have a path: they open under the cluster's own name. */
export function PathUrls() {
  const urls = useAppState(state => state.urls);
  const act = useAct();
  const text = words.hostnames.urls;
  if (urls.length === 0) return null;
  return (
    <Section title={text.title} count={urls.length}>
      <p className={styles.text}>{text.text}</p>
      <Group label={text.title}>
        {urls.map(({ url, origin }) => (
          <Row
            key={`${url} ${origin.kind} ${origin.namespace}/${origin.name}`}
            icon={Link}
            title={<bdi>{url}</bdi>}
            detail={<bdi>{words.hostnames.origin(origin)}</bdi>}
            action={
              <>
                <CopyButton text={url} label={text.copy(url)} />
                <IconButton icon={ExternalLink} label={text.open(url)} onClick={() => void act('openUrl', url)} />
              </>
            }
          />
        ))}
      </Group>
    </Section>
  );
}
