/** The part of the demo about Wmo and Wlz: a register, a toets, a toewijzing that meets an indication, and the signal about it. */
import { createHash } from 'node:crypto';
import { setTimeout as wacht } from 'node:timers/promises';
import { datum } from '../tijd.ts';
import { type Verteller, voorbeeld } from './verteller.ts';

const GEMEENTE = '0599';
const AANBIEDER = '98000004';
/** In the register, and not. */
const MET_INDICATIE = '999900006';
const ZONDER_INDICATIE = '999900018';
/** What a gemeente chooses takes effect within this time. */
const KEUZE_MS = 2500;
const DAG_MS = 24 * 3600 * 1000;

interface Signaal {
  readonly signaalId: string;
  readonly type: string;
  readonly voorzieningId: string;
  readonly overlap: { readonly vanaf: string; readonly totEnMet: string | null };
  readonly advies: { readonly klasse: string; readonly tekst: string };
}

const overDagen = (dagen: number): string => datum(new Date(Date.now() + dagen * DAG_MS));

const KOLOMMEN = 'bsn;besluitnummer;ingangsdatum;einddatum;vervaldatum';

/** The lines of this part in the register of the CIZ. */
export const INDICATIES = (): readonly string[] => [
  `${MET_INDICATIE};1001;${overDagen(-30)};;`,
  // Ended long ago: in the register, and no answer to a question of today.
  `${ZONDER_INDICATIE};1002;${overDagen(-900)};${overDagen(-700)};`,
];

/** As CIZ delivers it, manifest on the first line: a whole register, or what changes in the one of a time before. */
function levering(vorige: number | null): string {
  const geheel = vorige === null;
  const rijen = geheel ? INDICATIES() : INDICATIES().map((rij) => `${rij};W`);
  const inhoud = `${[geheel ? KOLOMMEN : `${KOLOMMEN};mutatie`, ...rijen].join('\n')}\n`;
  const manifest = {
    versie: 1,
    soort: geheel ? 'VOLLEDIG' : 'MUTATIE',
    peilmoment: new Date().toISOString(),
    aantal: rijen.length,
    sha256: createHash('sha256').update(inhoud).digest('hex'),
    volgnummer: (vorige ?? 0) + 1,
    vorigVolgnummer: vorige,
  };
  return `${JSON.stringify(manifest)}\n${inhoud}`;
}

async function toets(verteller: Verteller, bsn: string): Promise<void> {
  const vraag = { bsn, doel: '2.3.5' };
  const { status, lijf } = await verteller.vraagt(GEMEENTE, 'POST', '/v1/wlz-registertoetsen', vraag);
  const { wlzIndicatie, title } = lijf as { wlzIndicatie?: boolean; title?: string };
  const antwoord = wlzIndicatie === undefined ? `${status}: ${title}` : wlzIndicatie ? 'ja' : 'nee';
  console.log(`  ${GEMEENTE} vraagt of een inwoner een Wlz-indicatie heeft (art. 2.3.5): ${antwoord}`);
}

async function leesRegisterIn(verteller: Verteller): Promise<void> {
  const { lijf } = await verteller.vraagt('ciz', 'GET', '/v1/wlz-register');
  const { register } = lijf as { register: { volgnummer: number } | null };
  if (register) console.log('  Er is nog een register van een vorige keer.');
  else await toets(verteller, MET_INDICATIE);
  const bytes = levering(register?.volgnummer ?? null);
  const geleverd = await verteller.vraagt('ciz', 'POST', '/v1/wlz-leveringen', bytes, 'text/csv');
  if (geleverd.status !== 201) throw new Error(`the register was not taken in: ${geleverd.status}`);
  console.log('  Het CIZ levert het Wlz-register, met twee testnummers.');
}

/** A toewijzing of today; each demo has one of its own. */
function toewijzing(): { readonly nummer: string; readonly inhoud: string } {
  const nummer = String(10_000_000 + (Math.floor(Date.now() / 1000) % 80_000_000));
  const inhoud = voorbeeld('WMO301')
    .replace('<Afzender>0363<', `<Afzender>${GEMEENTE}<`)
    .replace('<Ontvanger>98000001<', `<Ontvanger>${AANBIEDER}<`)
    .replace(/(?<=<(?:iwmo:)?Identificatie>)[^<]*/, `D${nummer}`)
    .replace(/(?<=<ToewijzingNummer>)[^<]*/, nummer)
    .replace(/(?<=<Ingangsdatum>)[^<]*/, overDagen(-7))
    .replace(/(?<=<Einddatum>)[^<]*/, overDagen(200));
  return { nummer, inhoud };
}

/** The signal about this toewijzing, from the postbus; what is about earlier demos is passed over. */
async function haalSignaal(verteller: Verteller, voorzieningId: string): Promise<Signaal> {
  for (;;) {
    for (const { berichtsoort, inhoud } of await verteller.haaltOp(GEMEENTE)) {
      if (berichtsoort !== 'WLZ-SIGNAAL') continue;
      const signaal = JSON.parse(Buffer.from(inhoud, 'base64').toString('utf8')) as Signaal;
      if (signaal.voorzieningId === voorzieningId) return signaal;
    }
  }
}

async function handelAf(verteller: Verteller, { signaalId }: Signaal): Promise<void> {
  const stappen = [
    { naar: 'in_behandeling', behandelaar: 'medewerker Wmo' },
    { naar: 'afgehandeld', uitkomst: 'gestopt', reden: 'De aanbieder rondt de hulp af; de Wlz neemt het over.' },
  ];
  for (const stap of stappen) {
    const { status } = await verteller.vraagt(GEMEENTE, 'POST', `/v1/wlz-signalen/${signaalId}/stappen`, stap);
    if (status !== 200) throw new Error(`the signal was not handled: ${status}`);
  }
  const { lijf } = await verteller.vraagt(GEMEENTE, 'GET', `/v1/wlz-signalen/${signaalId}`);
  const { stappen: gedaan } = lijf as { stappen: { tijdstip: string; stap: string; door: string }[] };
  for (const { tijdstip, stap, door } of gedaan) console.log(`    ${tijdstip}  ${stap.padEnd(22)} door ${door}`);
}

export async function speelSamenloop(verteller: Verteller): Promise<void> {
  console.log('\n6. Wmo en Wlz: een register, een toets, en een signaal als een toewijzing een Wlz-indicatie treft');
  const pad = `/v1/organisaties/${GEMEENTE}/wlz-instelling`;
  await verteller.vraagt(GEMEENTE, 'PUT', pad, { dossierAlsBron: true });
  console.log(`  ${GEMEENTE} laat haar toewijzingen vergelijken met het Wlz-register.`);
  const keuze = wacht(KEUZE_MS);
  await leesRegisterIn(verteller);
  await toets(verteller, MET_INDICATIE);
  await toets(verteller, ZONDER_INDICATIE);
  await keuze;
  const { nummer, inhoud } = toewijzing();
  await verteller.levert(GEMEENTE, inhoud);
  await verteller.haaltOp(AANBIEDER);
  const signaal = await haalSignaal(verteller, `${AANBIEDER}/${nummer}`);
  const { overlap, advies, type } = signaal;
  console.log(`    ${type}: samenloop van ${overlap.vanaf} tot en met ${overlap.totEnMet ?? 'onbepaald'}`);
  console.log(`    advies ${advies.klasse}: ${advies.tekst}`);
  console.log(`  ${GEMEENTE} handelt het signaal af:`);
  await handelAf(verteller, signaal);
}
