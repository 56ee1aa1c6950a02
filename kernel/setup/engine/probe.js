/**
 * @file Loads the engine in a process of its own and tells what it is: the set-up's last check and
 * the doctor's question. As a program it prints one line of JSON.
 */
'use strict';

const { spawnSync } = require('node:child_process');
const { root } = require('../paths');

const MARK = 'engine:';
const CREATED = /Created device \S*(GPU:\d+) with (\d+) MB memory:.*?name: ([^,]+)/g;

/** The devices that TensorFlow's log tells of, and the processor. */
function devicesIn(log) {
  const gpus = [...log.matchAll(CREATED)].map(
    ([, id, size, name]) => `${id} (${name}, ${size} MB)`,
  );
  return [...new Set(gpus), 'CPU:0'];
}

/**
 * What a fresh process gets as its engine.
 * @returns {{tensorflow: string, gpu: boolean, devices: string[]} | {failure: string}}
 */
function probe() {
  const env = { ...process.env, TF_CPP_MIN_LOG_LEVEL: '0' };
  const options = { cwd: root, env, encoding: 'utf8', timeout: 120_000 };
  const { stdout, stderr } = spawnSync(process.execPath, [__filename], options);
  const line = stdout?.split('\n').find((text) => text.startsWith(MARK));
  if (line) return { ...JSON.parse(line.slice(MARK.length)), devices: devicesIn(stderr) };
  return { failure: /^\w*Error: .*/m.exec(stderr)?.[0] ?? 'the process ended without a word' };
}

/** Node 22 warns of two functions that tfjs-node still calls, and 23 has dropped them. */
function mendUtil() {
  const util = require('node:util');
  util.isNullOrUndefined = (value) => value === null || value === undefined;
  util.isArray = Array.isArray;
}

/** One small product on the native backend. */
function tell() {
  mendUtil();
  const tf = require('@tensorflow/tfjs-node-gpu');
  const answer = tf.matMul([[1, 2]], [[3], [4]]).dataSync()[0];
  if (answer !== 11) throw new Error(`1 * 3 + 2 * 4 came out as ${answer}`);
  const { binding, isUsingGpuDevice } = tf.backend();
  const gpu = isUsingGpuDevice === true;
  console.log(MARK + JSON.stringify({ tensorflow: binding.TF_Version, gpu }));
}

if (require.main === module) tell();

module.exports = { probe };
