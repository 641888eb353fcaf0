/** Plays one round: load, pollers, disturbances at random moments, rest, and then the check. */
import { setTimeout as wacht } from 'node:timers/promises';
import { wachtTot } from '#src/proces.ts';
import type { Toeval } from '../hulp/toeval.ts';
import { voerUit } from './acties.ts';
import { controleer, wachtTotStil } from './controle.ts';
import { type Lading, startLading } from './lading.ts';
import { banen, type Opstelling, postbussen } from './opstelling.ts';
import { startPollers } from './pollers.ts';
import type { Actie, Ladingplan, Maat, Pollersplan, Scenario, Uitslag } from './types.ts';

const LADING: Omit<Ladingplan, 'banen' | 'zendersPerBaan' | 'berichtenPerZender'> = {
  kansOngeldig: 0.15,
  kansHerhaling: 0.05,
  kansAntwoordKwijt: 0.05,
  kansOpgeven: 0.05,
  pauzeMs: 300,
  groot: false,
};
const POLLERS: Omit<Pollersplan, 'leaseSeconden'> = { perPostbus: 1, opEersteExtra: 1, kansSterven: 0.05 };
/** Longer than any recovery should take; a round that hangs must not hang the whole run. */
const RONDE_MS = 180_000;
const WEZEN_MS = 20_000;

/**
 * @param ronde short mark, different for every round on one set-up (it becomes part of identifications)
 * @returns the counts and all that went wrong; it throws only when the set-up itself fails
 */
export async function speelRonde(
  opstelling: Opstelling,
  scenario: Scenario,
  maat: Maat,
  ronde: string,
  toeval: Toeval,
): Promise<Uitslag> {
  const { knooppunt } = opstelling;
  const lijst = banen(maat.banen);
  const plan: Ladingplan = { ...LADING, ...maat, ...scenario.lading, banen: lijst };
  const sinds = opstelling.zendingen.length;
  await knooppunt.gereed();
  const ontvangers: Pollersplan = { ...POLLERS, ...maat, ...scenario.pollers };
  const pollers = startPollers(knooppunt, postbussen(lijst), ontvangers, toeval.tak('pollers'));
  const lading = startLading(knooppunt, plan, ronde, toeval.tak('lading'));
  const begin = performance.now();
  try {
    const aantal = scenario.acties.length === 0 ? 0 : Math.max(maat.storingen, scenario.acties.length);
    const problemen = await verstoor(opstelling, scenario, aantal, lading, toeval);
    await lading.klaar;
    const eindeLading = performance.now();
    opstelling.zendingen.push(...lading.zendingen);
    await wachtTotStil(knooppunt);
    const naloop = performance.now() - eindeLading;
    // Nothing comes in any more, so the last long polls may end while we look.
    const [gevonden] = await Promise.all([controleer(knooppunt, opstelling.zendingen, sinds, pollers), pollers.stop()]);
    const { zendingen, bewijsmomenten } = lading;
    const momenten = [begin, ...bewijsmomenten.toSorted((a, b) => a - b)];
    return {
      scenario,
      storingen: aantal + (scenario.slot?.length ?? 0),
      pogingen: zendingen.reduce((som, zending) => som + zending.pogingen, 0),
      bewijzen: bewijsmomenten.length,
      zonderBewijs: zendingen.length - bewijsmomenten.length,
      verwerkt: gevonden.verwerkt,
      afgekeurd: gevonden.afgekeurd,
      antwoorden: gevonden.antwoorden,
      uitgereikt: pollers.waarnemingen.length,
      bevestigd: pollers.bevestigd.size,
      langsteStilte: Math.max(...momenten.map((moment, i) => moment - (momenten[i - 1] ?? moment))) / 1000,
      naloop: naloop / 1000,
      problemen: [...problemen, ...lading.problemen, ...gevonden.problemen],
    };
  } finally {
    await pollers.stop();
  }
}

/** Spreads the disturbances over the load: each waits for its share of the messages, and then a random moment. */
async function verstoor(
  opstelling: Opstelling,
  { acties, wachtNiet, slot }: Scenario,
  aantal: number,
  lading: Lading,
  toeval: Toeval,
): Promise<string[]> {
  const problemen: string[] = [];
  for (let i = 0; i < aantal; i++) {
    const actie = acties[i % acties.length];
    if (actie === undefined) break;
    await totVoortgang(lading, (i + toeval.breuk()) / (aantal + 1));
    await wacht(toeval.geheel(0, 30));
    problemen.push(...(await metToezicht(actie, lading, opstelling, toeval)));
    if (!wachtNiet) await opstelling.knooppunt.gereed();
  }
  if (slot !== undefined) {
    await totVoortgang(lading, 0.9);
    await voerUit(slot[0], opstelling, toeval);
    await lading.klaar;
    await voerUit(slot[1], opstelling, toeval);
  }
  await opstelling.knooppunt.gereed();
  return problemen;
}

async function totVoortgang(lading: Lading, deel: number): Promise<void> {
  const wat = `${Math.round(100 * deel)}% of the load`;
  await wachtTot(() => lading.gedaan() >= Math.floor(deel * lading.totaal), { ms: RONDE_MS, wat });
}

/** Carries out a disturbance and looks at what it may not disturb. */
async function metToezicht(actie: Actie, lading: Lading, opstelling: Opstelling, toeval: Toeval): Promise<string[]> {
  const begin = performance.now();
  await voerUit(actie, opstelling, toeval);
  if (actie.doe === 'Redis weg' || actie.doe === 'Redis hangt') return zonderRedis(lading, begin, performance.now());
  if (actie.doe === 'supervisor dood en weer aan') return zonderWezen(opstelling);
  return [];
}

/** Redis is no part of taking in: while it is away, every upload is answered as always. */
function zonderRedis(lading: Lading, begin: number, einde: number): string[] {
  const mislukt = lading.mislukt.filter(({ op }) => op >= begin && op <= einde);
  const bewijzen = lading.bewijsmomenten.filter((op) => op >= begin && op <= einde).length;
  return [
    ...(mislukt.length === 0 ? [] : [`while Redis was away ${mislukt.length} uploads failed: ${mislukt[0]?.reden}`]),
    ...(bewijzen > 0 || lading.bewijsmomenten.length === lading.totaal ? [] : ['no receipts while Redis was away']),
  ];
}

/** Roles finish what they have in hand and follow their supervisor, also while clients keep their connections busy. */
async function zonderWezen({ knooppunt }: Opstelling): Promise<string[]> {
  const weg = (): boolean => knooppunt.wezen().length === 0;
  return wachtTot(weg, { ms: WEZEN_MS, wat: 'the end of roles without supervisor' }).then(
    () => [],
    () => [`${knooppunt.wezen().length} roles live on ${WEZEN_MS / 1000} s after their supervisor`],
  );
}
