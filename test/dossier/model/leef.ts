/** Lives through a life: who judges decides what becomes of each message, and everybody is told. */
import { soortVan } from '../../hulp/bouwer.ts';
import type { Begin } from './begin.ts';
import { declaratieVan } from './declaraties.ts';
import type { Leven } from './levens.ts';
import { type Bericht, dagtekening, type Prestatie, stap, type Vondst } from './lijst.ts';
import type { Terug, Vraag } from './referentie.ts';
import type { Gebeurtenis, Zending } from './wereld.ts';

/** Somebody who remembers what happened in a lane. */
export interface Rechter {
  noteer(bericht: Bericht): void;
  isNietVerzonden(volgorde: number): void;
  stuurTerug(volgorde: number, prestaties: readonly Terug[]): void;
  beslis(antwoord: Bericht, volgorde: number): void;
}
/** What an event means for who remembers. */
export type Gevolg = (rechter: Rechter) => void;

export type Soortbegin = Omit<Begin, 'eersteDagtekening'>;

const tekst = ({ regel, pad, oordeel }: Vondst): string => `${regel} ${pad} ${oordeel}`;
export const gelijk = (a: readonly Vondst[], b: readonly Vondst[]): boolean =>
  JSON.stringify(a.map(tekst).sort()) === JSON.stringify(b.map(tekst).sort());

/** Is the declaratie as a whole refused: in its header, or as such? */
export const alsGeheel = ({ pad }: Pick<Vondst, 'pad'>): boolean => !pad.startsWith('/Bericht/Declaratie/Clienten/');

/** Every prestatie of a declaratie, with its path and that of its client. */
export function plaatsen(bericht: Bericht): readonly (Terug & { readonly pad: string; readonly client: string })[] {
  const clienten = declaratieVan(bericht).Clienten.Client;
  return clienten.flatMap(({ Bsn, Prestaties }, nr) => {
    const client = `/Bericht/Declaratie/Clienten/${stap('Client', nr, clienten)}`;
    const lijst: readonly Prestatie[] = Prestaties.Prestatie;
    return lijst.map((prestatie, plaats) => ({
      bsn: Bsn,
      prestatie,
      client,
      pad: `${client}/Prestaties/${stap('Prestatie', plaats, lijst)}`,
    }));
  });
}

/** IV087: a client who is refused takes all his prestaties with him, except what is taken back. */
export const isGetroffen = (
  { pad, client }: { readonly pad: string; readonly client: string },
  fouten: readonly Pick<Vondst, 'pad'>[],
): boolean => fouten.some((een) => een.pad === pad || een.pad.startsWith(`${pad}/`) || een.pad === `${client}/Bsn`);

/**
 * @param gebeurtenissen of the life, or some of them
 * @param begin what the receiver can know, besides what the lane itself shows
 * @param oordeel what is found; undefined ends the life
 * @param gevolg is told what each event does, also of an event that is no message
 */
export function leef(
  { domein, antwoordt, tarieven }: Leven,
  gebeurtenissen: readonly Gebeurtenis[],
  begin: Soortbegin,
  oordeel: (vraag: Vraag, zending: Zending) => readonly Vondst[] | undefined,
  gevolg: (gevolg: Gevolg, gebeurtenis: Gebeurtenis) => void,
): void {
  /** Messages that were taken → their place in the lane. */
  const genomen = new Map<Zending, number>();
  let eersteDagtekening: string | null = null;

  for (const [nr, gebeurtenis] of gebeurtenissen.entries()) {
    const doe = (wat: Gevolg): void => gevolg(wat, gebeurtenis);
    if (gebeurtenis.soort === 'afkeuring') {
      const volgorde = genomen.get(gebeurtenis.heen);
      if (volgorde !== undefined) doe((rechter) => rechter.isNietVerzonden(volgorde));
      continue;
    }
    const { nummer, inhoud, ontvangen: peildatum, geweigerd } = gebeurtenis;
    const bericht: Bericht = { soort: soortVan(domein, nummer), inhoud, volgorde: nr + 1, ingevoerd: false };
    const heen = gebeurtenis.heen === null ? null : (genomen.get(gebeurtenis.heen) ?? null);
    const vraag = { bericht, heen, begin: { ...begin, eersteDagtekening }, peildatum, geweigerd, tarieven };
    const vondsten = oordeel(vraag, gebeurtenis);
    if (!vondsten) return;

    const ontvanger = bericht.soort.verzender === 'gemeente' ? 'aanbieder' : 'gemeente';
    const zelf = nummer === '325' || antwoordt[ontvanger] === 'zelf';
    const fouten = vondsten.filter((vondst) => vondst.oordeel === 'fout');
    if (!zelf && fouten.some((vondst) => nummer !== '323' || alsGeheel(vondst))) continue;
    genomen.set(gebeurtenis, bericht.volgorde);
    eersteDagtekening ??= dagtekening(bericht);
    doe((rechter) => rechter.noteer(bericht));
    if (nummer === '323' && !zelf) {
      const terug = plaatsen(bericht).filter((plaats) => geweigerd.has(plaats.pad) || isGetroffen(plaats, fouten));
      doe((rechter) => rechter.stuurTerug(bericht.volgorde, terug));
    }
    if (nummer === '325' && heen !== null) doe((rechter) => rechter.beslis(bericht, heen));
  }
}

/** Leaves out of a life whatever can be missed for it to stay bad. */
export function verklein(
  gebeurtenissen: readonly Gebeurtenis[],
  isSlecht: (over: readonly Gebeurtenis[]) => boolean,
): readonly Gebeurtenis[] {
  let over = gebeurtenissen;
  for (let stuk = Math.ceil(over.length / 2); stuk >= 1; stuk = stuk === 1 ? 0 : Math.ceil(stuk / 2)) {
    for (let vanaf = 0; vanaf < over.length; ) {
      const minder = [...over.slice(0, vanaf), ...over.slice(vanaf + stuk)];
      if (isSlecht(minder)) over = minder;
      else vanaf += stuk;
    }
  }
  return over;
}

/** Of a client, what the dossier does not look at. */
const PERSOONLIJK = new Set([
  ...['Geboortedatum', 'Geslacht', 'Naam', 'Contactgegevens', 'Relaties', 'Communicatie', 'JuridischeStatus'],
  ...[
    'WettelijkeVertegenwoordiging',
    'Commentaar',
    'BerichtVersie',
    'BerichtSubversie',
    'Verwijzer',
    'GezagsdragerBekend',
  ],
]);

/** A life to read. */
export function beschrijf(gebeurtenissen: readonly Gebeurtenis[]): string {
  const kort = (gebeurtenis: Gebeurtenis): string =>
    gebeurtenis.soort === 'afkeuring'
      ? `${gebeurtenis.ontvangen} rejects ${gebeurtenissen.indexOf(gebeurtenis.heen) + 1}`
      : `${gebeurtenis.ontvangen} ${gebeurtenis.nummer} ${JSON.stringify(gebeurtenis.inhoud, (naam, waarde) =>
          PERSOONLIJK.has(naam) ? undefined : waarde,
        )}`;
  return gebeurtenissen.map((gebeurtenis, nr) => `${nr + 1}. ${kort(gebeurtenis)}`).join('\n');
}
