import { Banner } from '../../components/Banner.tsx';
import { Button } from '../../components/Button.tsx';
import { useAct } from '../../use-act.ts';
import { useAppState } from '../../use-app-state.ts';
import { useScreen } from '../../use-screen.ts';
import { words } from '../../words.ts';

const SHOWN = 2;

/** Domains that the user may allow; of many only the first, the others are with the hostnames. */
export function Consents() {
  const act = useAct();
  const { go } = useScreen();
  const consents = useAppState(state => state.consents);
  const allowed = useAppState(state => state.settings.allowedDomains);
  const allow = (domain: string) => void act('setSettings', { allowedDomains: [...allowed, domain] });
  const left = consents.length - SHOWN;
  return (
    <>
      {consents.slice(0, SHOWN).map(({ domain, names }) => (
        <Banner
          key={domain}
          tone="warn"
          title={words.overview.consents.title(domain)}
          text={words.overview.consents.text(names)}
          action={
            <>
              <Button onClick={() => go('hostnames')}>{words.overview.consents.look}</Button>
              <Button onClick={() => allow(domain)}>{words.overview.consents.allow}</Button>
            </>
          }
        />
      ))}
      {left > 0 && (
        <Banner
          tone="warn"
          title={words.overview.consents.more(left)}
          action={<Button onClick={() => go('hostnames')}>{words.overview.consents.look}</Button>}
        />
      )}
    </>
  );
}
