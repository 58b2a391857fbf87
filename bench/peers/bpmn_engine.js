// bpmn-engine, one caller: its state as JSON, one row per instance, in SQLite (WAL, FULL) or not at all.
// The model is read once; every engine gets the result of that, as its documentation allows.
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';

import * as elements from 'bpmn-elements';
import { Engine } from 'bpmn-engine';
import BpmnModdle from 'bpmn-moddle';
import serialize, { TypeResolver } from 'moddle-context-serializer';

const task = JSON.parse(process.argv[2]);
const sourceContext = serialize(await new BpmnModdle().fromXML(task.xml), TypeResolver(elements));
const rows = task.database === 'sqlite' ? await openRows(mkdtempSync(join(task.folder, 'js-'))) : null;

async function openRows(folder) {
  const { default: Database } = await import('better-sqlite3');
  const database = new Database(join(folder, 'bpmn-engine.db'));
  database.pragma('journal_mode = wal');
  database.pragma('synchronous = full');
  database.exec('create table instance (id integer primary key, finished integer, state text)');
  return {
    insert: database.prepare('insert into instance (finished, state) values (?, ?)'),
    select: database.prepare('select state from instance where id = ?'),
    update: database.prepare('update instance set finished = ?, state = ? where id = ?'),
    finished: database.prepare('select count(*) as n from instance where finished = 1'),
  };
}

function stored(state) {
  return [state.state === 'idle' && !state.stopped ? 1 : 0, JSON.stringify(state)];
}

// Runs until the engine ends or has said `waits` times that a user task waits.
function begin(waits) {
  const engine = new Engine({ sourceContext, variables: { x: 1, i: 0 } });
  return settled(engine, waits, () => engine.execute());
}

async function settled(engine, waits, run) {
  let seen = 0;
  const rested = new Promise((resolve, reject) => {
    engine.broker.subscribeTmp('event', 'activity.wait', () => ++seen === waits && resolve(), { noAck: true });
    engine.once('end', resolve);
    engine.once('error', reject);
  });
  const execution = await run();
  await rested;
  return { engine, execution };
}

async function start() {
  const { engine } = await begin(task.waits);
  if (rows) rows.insert.run(...stored(await engine.getState()));
  engine.stop();
}

async function complete(id, waits) {
  const engine = new Engine({ sourceContext }).recover(JSON.parse(rows.select.get(id).state));
  const ended = waits > 1 ? null : engine.waitFor('end');
  const execution = await engine.resume();
  const [waiting] = execution.getPostponed().filter((activity) => activity.type === 'bpmn:UserTask');
  waiting.signal();
  await ended;
  rows.update.run(...stored(await engine.getState()), id);
  engine.stop();
}

async function oneCaller(calls) {
  const latencies = [];
  const began = performance.now();
  for (const call of calls) {
    const before = performance.now();
    await call();
    latencies.push(performance.now() - before);
  }
  return { seconds: (performance.now() - began) / 1000, latencies: latencies.sort((a, b) => a - b) };
}

function say(measure, { seconds, latencies }) {
  const at = (share) => latencies[Math.min(latencies.length - 1, Math.floor(share * latencies.length))];
  const line = { measure, rate_per_s: latencies.length / seconds, p50_ms: at(0.5), p99_ms: at(0.99) };
  console.log(JSON.stringify(line));
}

function* completions() {
  for (let left = task.waits; left > 0; left -= 1) {
    for (let id = 1; id <= task.count; id += 1) yield () => complete(id, left);
  }
}

say(task.waits ? 'starts' : 'instances', await oneCaller(Array.from({ length: task.count }, () => start)));
if (rows && task.waits) say('completions', await oneCaller(completions()));
if (rows && rows.finished.get().n !== task.count) throw new Error(`Expected ${task.count} finished instances but found ${rows.finished.get().n}`);
