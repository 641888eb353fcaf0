/**
 * The scenarios of the crash tests, as data. Each answers a way in which switches like this one lost or doubled messages
 * in practice; the `naam` says which.
 */
import type { Maat, Scenario } from './types.ts';

/** Small enough for `npm test`: some seconds per round. */
export const KORT: Maat = { banen: 4, zendersPerBaan: 2, berichtenPerZender: 12, storingen: 1, leaseSeconden: 1 };
export const LANG: Maat = { banen: 12, zendersPerBaan: 3, berichtenPerZender: 60, storingen: 4, leaseSeconden: 3 };

export const SCENARIOS: readonly Scenario[] = [
  {
    letter: 'a',
    naam: 'api killed: a receipt was given before the message was stored, or an answer was lost',
    opstelling: 'eigen',
    acties: [{ doe: 'dood', rol: 'api', wie: 'alle' }],
  },
  {
    letter: 'b',
    naam: 'verwerker killed: the message was taken and its handler never came back',
    opstelling: 'eigen',
    acties: [{ doe: 'dood', rol: 'verwerker', wie: 'alle' }],
  },
  {
    letter: 'c',
    naam: 'planner killed: nobody sweeps up what the queue forgot',
    opstelling: 'eigen',
    acties: [{ doe: 'dood', rol: 'planner', wie: 'alle' }],
  },
  {
    letter: 'd',
    naam: 'Redis killed: workers that never reconnect, jobs lost between two syncs',
    opstelling: 'eigen',
    acties: [{ doe: 'dood', rol: 'redis', wie: 'alle' }],
  },
  {
    letter: 'e',
    naam: 'PostgreSQL killed: a commit of which nobody knows whether it happened',
    opstelling: 'eigen',
    acties: [{ doe: 'dood', rol: 'postgres', wie: 'alle' }, { doe: 'backend dood' }],
  },
  {
    letter: 'f',
    naam: 'everything killed at once and started again: repair at start must find all work and touch nothing else',
    opstelling: 'eigen',
    acties: [{ doe: 'alles dood en weer aan' }],
  },
  {
    letter: 'f2',
    naam: 'supervisor killed and started again: two generations of roles at one database',
    opstelling: 'eigen',
    acties: [{ doe: 'supervisor dood en weer aan' }],
    alleenLang: true,
  },
  {
    letter: 'g',
    naam: 'Redis emptied: the to-do list is gone, also the part being worked on',
    opstelling: 'eigen',
    acties: [{ doe: 'Redis leeg' }],
    slot: [{ doe: 'dood', rol: 'verwerker', wie: 'alle' }, { doe: 'Redis leeg' }],
  },
  {
    letter: 'h',
    naam: 'one of two verwerkers killed: the other takes over its lanes, and no lane is handled twice',
    opstelling: 'eigen',
    acties: [{ doe: 'dood', rol: 'verwerker', wie: 'een' }],
  },
  {
    letter: 'i',
    naam: 'many pollers on one postbus, some dying between lease and confirmation',
    opstelling: 'eigen',
    acties: [],
    pollers: { perPostbus: 2, opEersteExtra: 6, kansSterven: 0.25 },
  },
  {
    letter: 'j',
    naam: '18 MB among small messages, and a verwerker killed meanwhile: work that outlasts its lock',
    opstelling: 'eigen',
    acties: [{ doe: 'dood', rol: 'verwerker', wie: 'een' }],
    lading: { groot: true },
  },
  {
    letter: 'k',
    naam: 'power loss: bytes that were not synced are gone, and all of Redis',
    opstelling: 'los',
    acties: [
      { doe: 'stroom weg', bewaar: 0 },
      { doe: 'stroom weg', bewaar: 0.5 },
    ],
  },
  {
    letter: 'l',
    naam: 'Redis away for seconds: intake goes on answering, and all is processed afterwards',
    opstelling: 'los',
    acties: [{ doe: 'Redis weg', ms: [1500, 4000] }],
    lading: { kansOpgeven: 0, pauzeMs: 1200 },
  },
  {
    letter: 'l2',
    naam: 'Redis hangs: connections stay open and nothing answers',
    opstelling: 'eigen',
    acties: [{ doe: 'Redis hangt', ms: [1500, 4000] }],
    alleenLang: true,
    lading: { kansOpgeven: 0, pauzeMs: 1200 },
  },
  {
    letter: 'm',
    naam: 'answers lost: the connection breaks after the upload, the sender uploads again',
    opstelling: 'eigen',
    acties: [],
    lading: { kansAntwoordKwijt: 0.6, kansHerhaling: 0.3 },
  },
  {
    letter: 'z',
    naam: 'one thing after another: recoveries that overlap',
    opstelling: 'eigen',
    acties: [
      { doe: 'dood', rol: 'verwerker', wie: 'een' },
      { doe: 'Redis leeg' },
      { doe: 'backend dood' },
      { doe: 'dood', rol: 'api', wie: 'alle' },
      { doe: 'dood', rol: 'redis', wie: 'alle' },
      { doe: 'dood', rol: 'verwerker', wie: 'alle' },
      { doe: 'dood', rol: 'postgres', wie: 'alle' },
      { doe: 'dood', rol: 'planner', wie: 'alle' },
    ],
    alleenLang: true,
    lading: { groot: true },
    wachtNiet: true,
  },
];
