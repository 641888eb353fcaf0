/** Sets the world of a simulation up in the switch: names, what each receiver lets it do, who sends for whom, and freezes to come. */
import { setTimeout as wacht } from 'node:timers/promises';
import { DOMEINEN } from '../standards/catalogus.ts';
import type { Draaiboek, Partij } from './draaiboek/types.ts';
import { LEVERANCIER } from './draaiboek/wereld.ts';
import type { Knooppunt } from './knooppunt.ts';
import { Simulatiefout, samen } from './knooppunt.ts';

const REDEN = 'simulatie';
const TEGELIJK = 8;
/** What the operator changes holds within five seconds. */
const GELDT_MS = 8000;
const KIJK_MS = 100;
/** The simulated dossiers begin before there was anything to send. */
const DOSSIER_VANAF = '2015-01-01';
/** Before any simulated week. */
const VERBAND_VANAF = '2020-01-01';
const ALTIJD = { vanaf: null, tot: null };
const DAG_MS = 86_400_000;

/** The freezes that are announced: so many days ahead, at this hour, for so many hours. */
const BEVRIEZINGEN = [
  {
    dagen: 9,
    uur: 19,
    uren: 4,
    wat: {},
    reden: 'Onderhoud aan de database: in deze uren worden geen berichten aangenomen.',
  },
  {
    dagen: 33,
    uur: 6,
    uren: 15,
    wat: { domein: 'ijw' },
    reden: 'Overgang naar een nieuwe release van de iJw-standaard.',
  },
] as const;

const zetNaam = (knooppunt: Knooppunt, code: string, naam: string): Promise<unknown> =>
  knooppunt.eis({
    wie: 'beheer',
    methode: 'PUT',
    pad: `/v1/beheer/organisaties/${code}`,
    lijf: { naam, deelname: { iwmo: ALTIJD, ijw: ALTIJD }, reden: REDEN },
  });

async function zetInstelling(knooppunt: Knooppunt, { code, keuze }: Partij): Promise<void> {
  for (const domein of DOMEINEN) {
    const { controleniveau, retour } = keuze[domein];
    const dossier = controleniveau === 3 ? { dossierVolledigVanaf: DOSSIER_VANAF } : {};
    const lijf = { controleniveau, retour, ...dossier };
    await knooppunt.eis({ wie: code, methode: 'PUT', pad: `/v1/organisaties/${code}/instellingen/${domein}`, lijf });
  }
}

/** Waits until the switch lets this client look into this postbus. */
async function wachtOpRecht(knooppunt: Knooppunt, wie: string, code: string): Promise<void> {
  for (const tot = Date.now() + GELDT_MS; ; await wacht(KIJK_MS)) {
    const { status } = await knooppunt.vraag({ wie, pad: `/v1/postbussen/${code}/berichten?aantal=1` });
    if (status === 200) return;
    if (Date.now() > tot)
      throw new Simulatiefout(`De client van ${wie} mag nog niet in de postbus van ${code} kijken.`);
  }
}

/** The first whole hour of that kind, so many days from now. */
function momentOver(dagen: number, uur: number): number {
  const dag = new Date(Date.now() + dagen * DAG_MS);
  return Date.UTC(dag.getUTCFullYear(), dag.getUTCMonth(), dag.getUTCDate(), uur);
}

async function kondigAan(knooppunt: Knooppunt): Promise<void> {
  for (const { dagen, uur, uren, wat, reden } of BEVRIEZINGEN) {
    const vanaf = momentOver(dagen, uur);
    const periode = { vanaf: new Date(vanaf).toISOString(), tot: new Date(vanaf + uren * 3_600_000).toISOString() };
    const lijf = { ...wat, ...periode, reden };
    await knooppunt.eis({ wie: 'beheer', methode: 'POST', pad: '/v1/beheer/bevriezingen', lijf });
  }
}

/** Some gemeenten look at their figures together; each gives its mandate itself. */
const VERBAND = {
  code: 'regio-midden',
  naam: 'Samenwerkingsverband Regio Midden',
  leden: ['0344', '0363', '0034'],
} as const;

async function werkSamen(knooppunt: Knooppunt, { partijen }: Draaiboek): Promise<void> {
  const { code: verband, naam, leden } = VERBAND;
  const pad = `/v1/beheer/samenwerkingsverbanden/${verband}`;
  await knooppunt.eis({ wie: 'beheer', methode: 'PUT', pad, lijf: { naam, reden: REDEN } });
  for (const code of leden.filter((lid) => partijen.has(lid))) {
    const lijf = { verband, vanaf: VERBAND_VANAF, reden: REDEN };
    await knooppunt.eis({ wie: code, methode: 'POST', pad: `/v1/organisaties/${code}/ketendatamandaten`, lijf });
  }
}

/** @returns the numbers of the machtigingen that were given */
export async function stelIn(knooppunt: Knooppunt, boek: Draaiboek): Promise<readonly number[]> {
  const { partijen, aanbieders } = boek;
  const alle = [...partijen.values()];
  const via = alle.filter(({ leverancier }) => leverancier !== null);
  await samen([LEVERANCIER, ...alle.filter(({ code }) => aanbieders.includes(code))], TEGELIJK, ({ code, naam }) =>
    zetNaam(knooppunt, code, naam),
  );
  const machtigingen: number[] = [];
  for (const { code } of via)
    for (const domein of DOMEINEN) {
      const lijf = { client: `demo-${LEVERANCIER.code}`, organisatie: code, domein, reden: REDEN };
      const { id } = await knooppunt.eis<{ id: number }>({
        wie: 'beheer',
        methode: 'POST',
        pad: '/v1/beheer/machtigingen',
        lijf,
      });
      machtigingen.push(id);
    }
  for (const code of [aanbieders.at(-1), LEVERANCIER.code]) if (code) await wachtOpRecht(knooppunt, code, code);
  const laatste = via.at(-1);
  if (laatste) await wachtOpRecht(knooppunt, LEVERANCIER.code, laatste.code);
  await samen(alle, TEGELIJK, (partij) => zetInstelling(knooppunt, partij));
  await kondigAan(knooppunt);
  await werkSamen(knooppunt, boek);
  return machtigingen;
}
