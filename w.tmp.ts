import { mkdtempSync, writeFileSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { HostsWriter } from './main/hosts/write.ts';
import { writerPlaces } from './main/paths.ts';
import { nodeFileSystem } from './main/hosts/file-system.ts';
import { digestOf } from './main/hosts/read.ts';
const dir = mkdtempSync('/tmp/lat-'); const path=`${dir}/hosts`; writeFileSync(path,'127.0.0.1 localhost\n');
const places=writerPlaces(path,dir+'/state');
const acc=new Map<string,number>(); let on=false;
const fs=new Proxy(nodeFileSystem,{get(t,k:keyof typeof nodeFileSystem){const r=t[k]; if(typeof r!=='function') return r; return (...a:unknown[])=>{const s=performance.now(); try{return (r as Function).apply(t,a)}finally{ if(on) acc.set(k,(acc.get(k)??0)+performance.now()-s)}}}});
const K=40; let tot=0; const W=new HostsWriter(path,places,fs,true);
for(let i=0;i<K+10;i++){ if(i===10){on=true;tot=0} const b=readFileSync(path,'latin1'); const text=`127.0.0.1 localhost\n# BEGIN cluster-hosts v1 pad=0 eol=lf sha=0123456789abcdef\n`+Array.from({length:200},(_,n)=>`10.0.0.70\tapp-${n}-${i}.bench.local\n`).join('')+'# END cluster-hosts\n'; await delay(100); const s=performance.now(); const o=await W.write(digestOf(b),text); tot+=performance.now()-s; if(o.outcome!=='done') console.log(o); }
console.log('total',(tot/K).toFixed(2)); for(const [k,v] of [...acc].sort((a,b)=>b[1]-a[1])) console.log(k,(v/K).toFixed(3));
