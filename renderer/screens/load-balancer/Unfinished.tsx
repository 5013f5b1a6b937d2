import { Banner } from '../../components/Banner.tsx';
import { Button } from '../../components/Button.tsx';
import { useAct } from '../../use-act.ts';
import { useScreen } from '../../use-screen.ts';
import { words } from '../../words.ts';

/** An installation that was cut off, with the ways out of it; the wizard shows how either goes. */
export function Unfinished() {
  const act = useAct();
  const { go } = useScreen();
  const text = words.loadBalancer;
  const rollBack = () => {
    void act('rollBack');
    go('setup');
  };
  return (
    <Banner
      tone="warn"
      title={text.unfinished}
      text={text.unfinishedText}
      action={
        <>
          <Button variant="danger" onClick={rollBack}>
            {words.wizard.install.rollBack}
          </Button>
          <Button onClick={() => go('setup')}>{words.wizard.install.goOn}</Button>
        </>
      }
    />
  );
}
