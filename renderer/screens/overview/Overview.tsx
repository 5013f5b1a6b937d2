import { Banners } from './Banners.tsx';
import { Chain } from './Chain.tsx';
import { FirstNames } from './FirstNames.tsx';
import { Head } from './Head.tsx';
import { OtherServices } from './OtherServices.tsx';

/** Everything at a glance: whether it is in sync, and if not, which link of the chain is broken and what helps. */
export function Overview() {
  return (
    <>
      <Head />
      <Banners />
      <Chain />
      <FirstNames />
      <OtherServices />
    </>
  );
}
