import { Glyph } from '../../components/Glyph.tsx';
import { Group, Row } from '../../components/Group.tsx';
import { Section } from '../../components/Section.tsx';
import { useAppState } from '../../use-app-state.ts';
import { words } from '../../words.ts';

/** What this program is. */
export function About() {
  const version = useAppState(({ system }) => system.version);
  const text = words.settings.about;
  return (
    <Section title={text.title}>
      <Group label={text.title}>
        <Row icon={Glyph} title={words.common.appName} detail={text.text} value={text.version(version)} />
      </Group>
    </Section>
  );
}
