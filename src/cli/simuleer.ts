/** `knooppunt simuleer`: fills a demo with simulated lives. */
import { parseArgs } from 'node:util';
import { Knooppunt, Simulatiefout } from '../simulator/knooppunt.ts';
import { simuleer, type Verslag } from '../simulator/simuleer.ts';
import { FOUT_GEBRUIK, GEWEIGERD, Gebruiksfout } from './gebruik.ts';
import { metDatabase } from './gegevensbank.ts';
import { configVan } from './start.ts';

const STANDAARD = {
  maanden: '6',
  gemeenten: '40',
  aanbieders: '300',
  zaad: '1',
  adres: 'http://127.0.0.1:8080',
} as const;
const HOOGSTENS = { maanden: 24, gemeenten: 300, aanbieders: 900, zaad: 2 ** 32 - 1, berichten: 200_000 } as const;
const GROEPEN = 6;

const STAPPEN: Readonly<Record<string, string>> = {
  draaiboek: 'De levens worden bedacht.',
  inrichten: 'Organisaties, instellingen en machtigingen worden ingesteld.',
  wlz: 'Toetsen en Wlz-signalen.',
  tijd: 'Alles krijgt het moment waarop het gebeurd zou zijn.',
};

export type Voortgang = (stap: string, gedaan?: number, totaal?: number) => void;

/** Tells how far a simulation is: a line per step, and of the messages one in so many. */
export function maakVoortgang(toon: (zin: string) => void, per = 1000): Voortgang {
  let gemeld = '';
  return (stap, gedaan = 0, totaal = 0) => {
    const hoever = gedaan === totaal ? gedaan : gedaan - (gedaan % per);
    const tellend =
      stap === 'berichten' ? `${hoever} van ${totaal} berichten verstuurd.` : `${hoever} berichten opgehaald.`;
    const zin = STAPPEN[stap] ?? (hoever > 0 ? tellend : '');
    if (zin !== '' && zin !== gemeld) toon(`  ${zin}`);
    gemeld = zin;
  };
}

/** What a simulation did, in sentences; what it did not expect with it, by soort. */
export function verslagregels({ verstuurd, gedateerd, onverwacht, seconden }: Verslag): readonly string[] {
  const perSeconde = Math.round(verstuurd / Math.max(1, seconden));
  const groepen = [
    ...Map.groupBy(onverwacht, ({ berichtsoort, verwacht, kreeg }) => `${berichtsoort}: ${verwacht}, maar ${kreeg}`),
  ];
  return [
    `  Klaar: ${gedateerd} berichten, waarvan ${gedateerd - verstuurd} van het knooppunt zelf, in ${Math.round(seconden)} seconden (${perSeconde} per seconde).`,
    ...(onverwacht.length > 0 ? [`  Anders dan verwacht: ${onverwacht.length}.`] : []),
    ...groepen.slice(0, GROEPEN).map(([wat, keer]) => `    ${keer.length} × ${wat}`),
  ];
}

function getal(tekst: string | undefined, naam: keyof typeof HOOGSTENS): number | undefined {
  if (tekst === undefined) return undefined;
  const waarde = Number(tekst);
  if (!Number.isInteger(waarde) || waarde < 1 || waarde > HOOGSTENS[naam])
    throw new Gebruiksfout(`--${naam} is een geheel getal van 1 tot en met ${HOOGSTENS[naam]}.`);
  return waarde;
}

export async function voerSimuleerUit(args: readonly string[]): Promise<number> {
  const tekst = { type: 'string' } as const;
  const options = {
    maanden: tekst,
    gemeenten: tekst,
    aanbieders: tekst,
    zaad: tekst,
    adres: tekst,
    berichten: tekst,
    data: tekst,
  };
  const { values } = parseArgs({ args: [...args], options });
  const { maanden, gemeenten, aanbieders, zaad, adres, berichten, data } = { ...STANDAARD, ...values };
  const keuze = {
    maanden: getal(maanden, 'maanden') ?? 1,
    gemeenten: getal(gemeenten, 'gemeenten') ?? 1,
    aanbieders: getal(aanbieders, 'aanbieders') ?? 1,
    zaad: getal(zaad, 'zaad') ?? 1,
    berichten: getal(berichten, 'berichten'),
  };
  const config = configVan({ demo: true, data });
  try {
    const verslag = await metDatabase(config, (database) =>
      simuleer({ knooppunt: new Knooppunt(adres), database }, { ...keuze, meld: maakVoortgang(console.log) }),
    );
    for (const regel of verslagregels(verslag)) console.log(regel);
    return verslag.onverwacht.length === 0 ? 0 : GEWEIGERD;
  } catch (fout) {
    if (!(fout instanceof Simulatiefout)) throw fout;
    console.error(fout.message);
    return FOUT_GEBRUIK;
  }
}
