import { CopyButton } from '../../components/CopyButton.tsx';
import { Section } from '../../components/Section.tsx';
import { visible } from '../../visible.ts';
import { words } from '../../words.ts';
import styles from './Setup.module.css';

/** A command with each of its arguments on a line of its own: so no space or line end can hide where one ends. */
export function Command({ command }: { command: readonly string[] }) {
  return (
    <Section
      title={words.setup.program.command}
      action={<CopyButton text={command.join('\n')} label={words.setup.program.copyCommand} />}
    >
      <ol className={styles.command}>
        {command.map((argument, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: arguments have nothing else, and may be the same.
          <li key={index}>
            <bdi>{shown(argument)}</bdi>
          </li>
        ))}
      </ol>
    </Section>
  );
}

/** A tab counts as hidden here, too: it could push the rest of an argument out of sight. */
function shown(argument: string): string {
  if (argument === '') return words.setup.program.emptyArgument;
  return visible(argument).replaceAll('\t', '<U+0009>');
}
