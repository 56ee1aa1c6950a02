import fs from 'node:fs'; import zlib from 'node:zlib';
import { tf } from './src/engine';
import { DenseDesignMatrix } from './src/datasets';
import { SoftmaxRegression } from './src/models/softmax_regression';
import { BGD } from './src/training_algorithms/bgd';
import { Train } from './src/train';
import { MonitorBased, EpochCounter, And, Or } from './src/termination_criteria';
const dir='/work/shared/data/mnist/';
function idx(f: string){ const b=zlib.gunzipSync(fs.readFileSync(dir+f)); return f.includes('idx3')? b.subarray(16): b.subarray(8);}
function set(which:string,a:number,b:number){
  const files=fs.readdirSync(dir); const im=files.find(f=>f.startsWith(which)&&f.includes('images'))!, la=files.find(f=>f.startsWith(which)&&f.includes('labels'))!;
  const x=Float32Array.from(idx(im).subarray(a*784,b*784), v=>v/255); const y=Int32Array.from(idx(la).subarray(a,b));
  return new DenseDesignMatrix({ X: tf.tensor2d(x,[b-a,784]), y: tf.tensor2d(y,[b-a,1],'int32'), yLabels:10 } as never);
}
(async()=>{
  const train=set('train',0,50000), valid=set('train',50000,60000), test=set('t10k',0,10000);
  const model=new SoftmaxRegression({nClasses:10, irange:0, nvis:784} as never);
  const algorithm=new BGD({batchSize:10000,lineSearchMode:'exhaustive',conjugate:true,updatesPerBatch:10,verboseOptimization:2,
    monitoringDataset:{train,valid,test},
    terminationCriterion:new And({criteria:[new MonitorBased({channelName:'valid_y_misclass',propDecrease:0,N:10} as never), new EpochCounter({maxEpochs: Number(process.argv[2]??2)})]})});
  const t=new Train({dataset:train,model,algorithm} as never);
  const t0=Date.now();
  for await (const r of t.epochs()) { const v=r.values; console.log(r.epochs,(Date.now()-t0)/1000,'obj',v.train_objective,'valid',v.valid_y_misclass,'test',v.test_y_misclass,'step',v.ave_step_size,'grad',v.ave_grad_size,'mult',v.ave_grad_mult, 'tens',tf.memory().numTensors); }
})();
