/** What a dashboard shows: whose figures, of which weeks, held against what, and of which part of the traffic. It stands in the address. */

import { z } from 'zod';
import type { Blik } from '../../../ketendata/inzicht/blikken.ts';
import { RIJP_WEKEN } from '../../../ketendata/inzicht/publicatie.ts';
import { type Filter, RICHTINGEN, soortenVan } from '../../../ketendata/inzicht/regels/vraag.ts';
import {
  aantalWeken,
  blokVan,
  laatsteGesloten,
  maandagVan,
  plusWeken,
  VERGELIJKINGEN,
  type Weken,
  wekenVanBlok,
} from '../../../ketendata/inzicht/regels/weken.ts';
import { BERICHTSOORTEN, DOMEINEN } from '../../../standards/catalogus.ts';
import { datum } from '../../../tijd.ts';
import type { Html } from '../../html.ts';
import { html } from '../../html.ts';
import { keuzelijst, knop, tekstveld, uitklap, zoekformulier } from '../../onderdelen.ts';
import { vraagveld } from '../../vraagveld.ts';

export const PAD = '/portaal/ketendata';
/** Periods to choose from, in weeks; another one by its days. */
const PERIODEN = ['4', '13', '26', '52'] as const;
const STANDAARD = '13';
/** Longer than this nobody looks back on a screen. */
const MAX_WEKEN = 156;

export const Vraag = z.object({
  van: vraagveld(z.string().max(80)),
  weken: vraagveld(z.enum(PERIODEN)),
  vanaf: vraagveld(z.iso.date()),
  tot: vraagveld(z.iso.date()),
  vergelijk: vraagveld(z.enum([...VERGELIJKINGEN, 'niet'])),
  domein: vraagveld(z.enum(DOMEINEN)),
  berichtsoort: vraagveld(z.string().regex(/^(?:WMO|JW)\d{3}$/)),
  richting: vraagveld(z.enum(RICHTINGEN)),
  release: vraagveld(z.string().regex(/^\d\.\d$/)),
  tegenpartij: vraagveld(z.string().regex(/^(?:\d{4}|\d{8})$/)),
});
export type Ingevuld = z.infer<typeof Vraag>;

export interface Keuze {
  readonly blik: Blik;
  readonly weken: Weken;
  readonly vergelijk: (typeof VERGELIJKINGEN)[number] | undefined;
  readonly filter: Filter;
  readonly ingevuld: Ingevuld;
}

export const blikWaarde = ({ weergave, code }: Blik): string => (code === '' ? weergave : `${weergave}:${code}`);

/** The last week that can have figures: nationally that of the last block that is old enough. */
function laatsteVan({ weergave }: Blik, nu: Date): string {
  const gesloten = laatsteGesloten(datum(nu));
  if (weergave !== 'landelijk') return gesloten;
  return plusWeken(blokVan(plusWeken(gesloten, 1 - RIJP_WEKEN)), -1);
}

/** @param blikken at least one */
export function keuzeVan(ingevuld: Ingevuld, blikken: readonly [Blik, ...Blik[]], nu: Date): Keuze {
  const blik = blikken.find((een) => blikWaarde(een) === ingevuld.van) ?? blikken[0];
  const eigen = blik.weergave === 'gemeente' || blik.weergave === 'aanbieder';
  const laatste = ingevuld.tot === undefined ? laatsteVan(blik, nu) : maandagVan(ingevuld.tot);
  const vanaf =
    ingevuld.vanaf === undefined
      ? plusWeken(laatste, 1 - Number(ingevuld.weken ?? STANDAARD))
      : maandagVan(ingevuld.vanaf);
  const { vergelijk = 'vorige' } = ingevuld;
  // A period that ends before it begins, or that is endless, is the usual one up to that day.
  const kan = vanaf <= laatste && aantalWeken({ eerste: vanaf, laatste }) <= MAX_WEKEN;
  const weken = { eerste: kan ? vanaf : plusWeken(laatste, 1 - Number(STANDAARD)), laatste };
  return {
    blik,
    // National figures are of whole blocks.
    weken:
      blik.weergave === 'landelijk'
        ? { eerste: blokVan(weken.eerste), laatste: wekenVanBlok(blokVan(weken.laatste)).laatste }
        : weken,
    vergelijk: vergelijk === 'niet' ? undefined : vergelijk,
    filter: {
      domeinen: ingevuld.domein === undefined ? DOMEINEN : [ingevuld.domein],
      berichtsoorten: soortenVan(ingevuld.berichtsoort, ingevuld.richting),
      releases: ingevuld.release === undefined ? undefined : [ingevuld.release],
      tegenpartij: eigen ? ingevuld.tegenpartij : undefined,
    },
    ingevuld,
  };
}

/** The same choice on another page, or with something changed; undefined takes it out. */
export function adres(
  pad: string,
  ingevuld: Ingevuld,
  anders: Partial<Record<keyof Ingevuld | 'blad', string>> = {},
): string {
  const velden = Object.entries({ ...ingevuld, ...anders }).filter(
    (paar): paar is [string, string] => paar[1] !== undefined,
  );
  const vraag = new URLSearchParams(velden).toString();
  return vraag === '' ? pad : `${pad}?${vraag}`;
}

const RICHTINGNAAM = { 'gemeente-aanbieder': 'Van gemeente', 'aanbieder-gemeente': 'Van aanbieder' } as const;

/** The filters as a form: what is used most in sight, the rest to unfold. */
export function filterformulier(pad: string, { ingevuld, blik, vergelijk }: Keuze, blikken: readonly Blik[]): Html {
  const eigen = blik.weergave === 'gemeente' || blik.weergave === 'aanbieder';
  const meer = [
    tekstveld({ naam: 'vanaf', label: 'Vanaf', type: 'date', waarde: ingevuld.vanaf, verplicht: false }),
    tekstveld({ naam: 'tot', label: 'Tot en met', type: 'date', waarde: ingevuld.tot, verplicht: false }),
    keuzelijst({
      naam: 'berichtsoort',
      label: 'Berichtsoort',
      waarde: ingevuld.berichtsoort,
      leegste: 'Alle',
      verplicht: false,
      keuzes: BERICHTSOORTEN.map(({ code, naam }) => ({ waarde: code, tekst: `${code} ${naam}` })),
    }),
    keuzelijst({
      naam: 'richting',
      label: 'Richting',
      waarde: ingevuld.richting,
      leegste: 'Beide',
      keuzes: RICHTINGEN.map((waarde) => ({ waarde, tekst: RICHTINGNAAM[waarde] })),
    }),
    eigen
      ? tekstveld({
          naam: 'tegenpartij',
          label: blik.weergave === 'gemeente' ? 'AGB-code van één aanbieder' : 'Code van één gemeente',
          waarde: ingevuld.tegenpartij,
          breedte: 10,
          maxlengte: 8,
          inputmode: 'numeric',
        })
      : null,
  ];
  return zoekformulier(
    pad,
    blikken.length > 1
      ? keuzelijst({
          naam: 'van',
          label: 'Cijfers van',
          verplicht: true,
          waarde: blikWaarde(blik),
          keuzes: blikken.map((een) => ({
            waarde: blikWaarde(een),
            tekst: een.code === '' ? een.naam : `${een.naam} (${een.code})`,
          })),
        })
      : null,
    keuzelijst({
      naam: 'weken',
      label: 'Periode',
      verplicht: true,
      waarde: ingevuld.weken ?? STANDAARD,
      keuzes: PERIODEN.map((waarde) => ({ waarde, tekst: `Laatste ${waarde} weken` })),
    }),
    keuzelijst({
      naam: 'vergelijk',
      label: 'Vergelijk met',
      verplicht: true,
      waarde: vergelijk ?? 'niet',
      keuzes: [
        { waarde: 'vorige', tekst: 'De periode ervoor' },
        { waarde: 'jaar', tekst: 'Een jaar eerder' },
        { waarde: 'niet', tekst: 'Niets' },
      ],
    }),
    keuzelijst({
      naam: 'domein',
      label: 'Domein',
      waarde: ingevuld.domein,
      leegste: 'Wmo en Jeugdwet',
      keuzes: [
        { waarde: 'iwmo', tekst: 'Wmo' },
        { waarde: 'ijw', tekst: 'Jeugdwet' },
      ],
    }),
    knop('Toon cijfers', { soort: 'secondary' }),
    html`<div class="kp-filter__meer">${uitklap('Meer filters', html`<div class="kp-filter__velden">${meer}</div>`)}</div>`,
  );
}
