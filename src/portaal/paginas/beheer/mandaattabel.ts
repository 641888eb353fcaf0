/** Mandaten as a table: whose figures count where, and from when to when. What is over or taken back stays in sight. */
import type { Mandaat } from '../../../ketendata/inzicht/verbanden.ts';
import { datum } from '../../../tijd.ts';
import { type Html, html } from '../../html.ts';
import { type Kolom, merk, type Toon, tabel, verwijzing, voorgelezen } from '../../onderdelen.ts';
import { datumKort } from '../../opmaak.ts';
import { padVan } from './eigen.ts';

export const mandatenpad = (gemeente: string): string => `${padVan(gemeente)}/mandaten`;

interface Stand {
  readonly naam: string;
  readonly toon: Toon;
}

function standVan({ vanaf, tot, ingetrokkenOp }: Mandaat, dag: string): Stand {
  if (ingetrokkenOp) return { naam: `ingetrokken op ${datumKort(ingetrokkenOp)}`, toon: 'neutraal' };
  if (vanaf > dag) return { naam: 'gaat nog in', toon: 'info' };
  return tot !== null && tot <= dag ? { naam: 'afgelopen', toon: 'neutraal' } : { naam: 'geldt nu', toon: 'goed' };
}

/** Of which weeks the figures count. */
export const wekenTekst = ({ vanaf, tot }: Pick<Mandaat, 'vanaf' | 'tot'>): string =>
  tot === null ? `vanaf ${datumKort(vanaf)}` : `van ${datumKort(vanaf)} tot ${datumKort(tot)}`;

/** @param wie the column that says whose or which: on the page of one gemeente its verbanden, of one verband its gemeenten */
export function mandaattabel(
  mandaten: readonly Mandaat[],
  wie: {
    readonly kop: string;
    readonly tekst: (mandaat: Mandaat) => string;
    readonly pad?: (mandaat: Mandaat) => string;
  },
): Html {
  const dag = datum(new Date());
  const eerste: Kolom<Mandaat> = {
    kop: wie.kop,
    rijkop: true,
    cel: (mandaat) => (wie.pad ? verwijzing(wie.pad(mandaat), wie.tekst(mandaat)) : wie.tekst(mandaat)),
  };
  return tabel<Mandaat>({
    titel: 'Mandaten',
    titelVerborgen: true,
    rijen: mandaten,
    kolommen: [
      eerste,
      { kop: 'Weken die meetellen', cel: wekenTekst },
      {
        kop: 'Stand',
        cel: (mandaat) => {
          const { naam, toon } = standVan(mandaat, dag);
          return merk(naam, toon);
        },
      },
      {
        kop: 'Wijzigen',
        cel: (mandaat) =>
          mandaat.ingetrokkenOp
            ? null
            : verwijzing(
                `${mandatenpad(mandaat.gemeente)}/${mandaat.id}/intrekken`,
                html`Intrekken${voorgelezen(` van het mandaat: ${wie.tekst(mandaat)}, ${wekenTekst(mandaat)}`)}`,
              ),
      },
    ],
  });
}
