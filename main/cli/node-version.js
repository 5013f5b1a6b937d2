const [major] = process.versions.node.split('.');

if (Number(major) < 24) {
  process.stderr.write(
    `Cluster Hosts needs Node.js 24 or newer; this is ${process.version}. Install a newer one from nodejs.org.\n`,
  );
  process.exit(1);
}
