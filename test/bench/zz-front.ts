import { readFileSync, readdirSync } from 'node:fs';
import { checkFile, loadCluster, parseSource, Surroundings } from '/work/main/src/features/index.ts';
import { Simulation } from '/work/main/src/simulator/index.ts';
const cluster:any = loadCluster({name:'tutorial',sources:[{name:'t',text:readFileSync('/work/main/media/clusters/tutorial.yaml','utf8')}],assumed:true});
const s=new Surroundings();
const files=readdirSync('/tmp/front/tree/d0000').map(n=>({name:n,text:readFileSync('/tmp/front/tree/d0000/'+n,'utf8')}));
const cpu=()=>process.cpuUsage().user/1000;
for(let k=0;k<3;k++){ const by:any={};
for(const f of files){const kind=f.name.split('-')[0]; const b=cpu(); checkFile(parseSource(f),s,{cluster,preset:true}); (by[kind]??=[0,0])[0]+=cpu()-b; by[kind][1]++;}
console.log(Object.entries(by).map(([k,[t,n]]:any)=>k+' '+(t/n).toFixed(2)+'ms×'+n).join('  '));
const b=cpu(); for(let i=0;i<200;i++) new Simulation(cluster.state); console.log('Simulation', ((cpu()-b)/200).toFixed(2));
}
