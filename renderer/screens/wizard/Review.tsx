import type { PlannedObject, PlanView } from '../../../preload/installer.ts';
import { Button } from '../../components/Button.tsx';
import { Code } from '../../components/Code.tsx';
import { Disclosure } from '../../components/Disclosure.tsx';
import { FailureNote } from '../../components/FailureNote.tsx';
import { Group, Row } from '../../components/Group.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { Section } from '../../components/Section.tsx';
import { Tag } from '../../components/Tag.tsx';
import { useAppState } from '../../use-app-state.ts';
import { useRequest } from '../../use-request.ts';
import { words } from '../../words.ts';
import { StepBar } from './StepBar.tsx';
import type { Wizard } from './use-wizard.ts';
import styles from './Wizard.module.css';

/** The whole plan, before anything of it is done. */
export function Review({ wizard }: { wizard: Wizard }) {
  const { plan } = wizard.progress;
  const { run, busy, failure } = useRequest('install');
  const isOurs = useAppState(({ metallb }) => metallb.ours);
  const text = words.wizard.review;
  return (
    <>
      <PageHeader title={text.title} detail={text.detail} />
      {plan && <Plan plan={plan} />}
      <FailureNote failure={failure} />
      <StepBar step="review">
        <Button onClick={() => wizard.change({ at: 'addresses' })}>{words.wizard.back}</Button>
        <Button variant="primary" busy={busy} onClick={() => plan && void run(plan.wish)}>
          {isOurs ? text.change : text.install}
        </Button>
      </StepBar>
    </>
  );
}

function Plan({ plan: { version, source, engine, sentences, objects, unchanged } }: { plan: PlanView }) {
  const text = words.wizard.review;
  return (
    <>
      <Sentences title={text.sentences} sentences={sentences} isOrdered />
      <Section title={text.objects} count={objects.length}>
        <Group label={text.objects}>
          {objects.length === 0 && <Row title={text.noObjects} />}
          {objects.map(object => (
            <PlannedRow key={`${object.kind} ${object.namespace}/${object.name}`} object={object} />
          ))}
        </Group>
      </Section>
      <Sentences title={text.unchanged} sentences={unchanged} />
      <Group label={text.facts}>
        <Row title={text.metallb} detail={text.engineOf(engine)} status={text.version(version)} />
        <Row title={text.source} value={<bdi>{source}</bdi>} />
      </Group>
    </>
  );
}

function Sentences({
  title,
  sentences,
  isOrdered = false,
}: {
  title: string;
  sentences: readonly string[];
  isOrdered?: boolean;
}) {
  if (sentences.length === 0) return null;
  const List = isOrdered ? 'ol' : 'ul';
  return (
    <Section title={title}>
      <List className={styles.sentences}>
        {sentences.map(sentence => (
          <li key={sentence}>
            <bdi>{sentence}</bdi>
          </li>
        ))}
      </List>
    </Section>
  );
}

function PlannedRow({ object: { action, kind, namespace, name, summary, yaml } }: { object: PlannedObject }) {
  const text = words.wizard.review;
  const path = namespace === '' ? name : `${namespace}/${name}`;
  return (
    <li className={styles.planned}>
      <Disclosure
        summary={
          <span className={styles.object}>
            <Tag tone={action === 'create' ? 'add' : 'change'}>{text.action[action]}</Tag>
            <span className={styles.text}>
              <bdi className={styles.title}>{`${kind} ${path}`}</bdi>
              <bdi className={styles.detail}>{summary}</bdi>
            </span>
          </span>
        }
      >
        <div className={styles.yaml}>
          <Code text={yaml} />
        </div>
      </Disclosure>
    </li>
  );
}
