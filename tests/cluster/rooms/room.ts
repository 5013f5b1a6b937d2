import { anchor, Place } from './place.ts';

/** The folder of everything that a bed writes, known by this name inside its namespaces only. */
export const WORK = '/run/bed';

export const NODE_ADDRESS = '10.0.0.60';
const LAPTOP_ADDRESS = '10.0.0.5';
export const POD_NETWORK = '10.42.0.0/16';
export const SERVICE_NETWORK = '10.43.0.0/16';

/** A laptop's `/etc`: a copy of its own, or the same with `/etc/hosts` a mount that cannot be renamed over. */
export type EtcVariant = 'directory' | 'file';

/** Two computers on one cable, made of namespaces; one of them twice, with another `/etc` each. */
export interface Room {
  readonly node: Place;
  readonly laptops: Readonly<Record<EtcVariant, Place>>;
  /** Ends everything inside. */
  close(): Promise<void>;
}

/** All that is written goes to memory that belongs to the mount namespace: whoever dies how, nothing stays behind. */
const NODE = `
mount -t tmpfs -o mode=0755 tmpfs /run
mkdir -p ${WORK}/log ${WORK}/home ${WORK}/tmp
ip link set lo up`;

/** $1 is the process that holds the laptop's network. Pods have addresses, but only this computer answers for them. */
const CABLE = `
ip link add eth0 type veth peer name eth0 netns "$1"
ip addr add ${NODE_ADDRESS}/24 dev eth0
ip link set eth0 up
ip route add local ${POD_NETWORK} dev lo
ip route add ${SERVICE_NETWORK} dev eth0`;

const LAPTOP_NETWORK = `
ip link set lo up
ip addr add ${LAPTOP_ADDRESS}/24 dev eth0
ip link set eth0 up`;

/**
 * Names are looked up in the hosts file and nowhere else: no mDNS, no resolver of the machine. Files that only root may
 * read are missing from an ordinary user's copy.
 */
const ETC = `
etc=${WORK}/laptop/$1/etc
mkdir -p "$etc" ${WORK}/laptop/$1/home
cp -a /etc/. "$etc" 2>/dev/null || :
cd "$etc"
rm -f hosts resolv.conf nsswitch.conf
printf '127.0.0.1\\tlocalhost\\n127.0.1.1\\tlaptop\\n\\n# IPv6\\n::1\\tlocalhost ip6-localhost\\n' >hosts
echo 'hosts: files dns' >nsswitch.conf
echo 'options timeout:1 attempts:1' >resolv.conf
cd /
mount --bind "$etc" /etc
mount -t tmpfs -o mode=0755 tmpfs /var/lib
if [ "$1" = file ]; then
  cp /etc/hosts "$etc/../hosts"
  mount --bind "$etc/../hosts" /etc/hosts
fi`;

/** Makes the two computers; `env` is what every program in them gets. */
export async function openRoom(env: Readonly<Record<string, string>>): Promise<Room> {
  const unshare = ['-Urnmp', '--fork', '--kill-child', '--mount-proc', '--'];
  const first = await anchor(Place.here(env), ['unshare', ...unshare], NODE);
  const node = Place.inside(first.pid, { ...env, HOME: `${WORK}/home`, TMPDIR: `${WORK}/tmp` });
  const directory = await anchor(node, ['unshare', '-nm', '--'], ETC, 'directory');
  const laptop = (pid: number, etc: EtcVariant): Place =>
    Place.inside(pid, { ...env, HOME: `${WORK}/laptop/${etc}/home`, TMPDIR: `${WORK}/tmp` });
  await node.must(['sh', '-ec', CABLE, 'sh', `${directory.pidInside}`]);
  const laptopDirectory = laptop(directory.pid, 'directory');
  await laptopDirectory.must(['sh', '-ec', LAPTOP_NETWORK]);
  // The copy of a copy: the first laptop's /etc is the source, so its own mount does not show through.
  const file = await anchor(laptopDirectory, ['unshare', '-m', '--'], ETC, 'file');
  const laptops = { directory: laptopDirectory, file: laptop(file.pid, 'file') };
  return { node, laptops, close: first.release };
}
