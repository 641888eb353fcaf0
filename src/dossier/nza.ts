/**
 * What a message brings to the set for the NZa (Regeling Jeugdwet art. 8f) that no rule asks for, and that the facts therefore do not hold: the
 * year of birth, and who referred. Pure.
 */
import type { Berichtsoort } from '../standards/catalogus.ts';
import type { Klasse } from '../standards/structuren.ts';
import type { Inhoud } from '../xml/structuur.ts';

/** About one product of a message, or (of a 301) about the message. */
export interface Nzafeit {
  readonly nr: number;
  readonly geboortejaar: number | null;
  /** Verwijzer/Type (COD327). */
  readonly verwijzer: string | null;
}

/** DatumGebruik: nothing of the date is known. */
const ONBEKENDE_DATUM = '3';
const JAAR = /^\d{4}(?=-)/;

function jaarVan({ Datum, DatumGebruik }: { Datum: string; DatumGebruik?: string }): number | null {
  const jaar = DatumGebruik === ONBEKENDE_DATUM ? undefined : JAAR.exec(Datum)?.[0];
  return jaar === undefined ? null : Number(jaar);
}

/** Soorten that bring something. */
export const NZASOORTEN = ['JW301', 'JW315'] as const;

const LEZERS: Readonly<Record<(typeof NZASOORTEN)[number], (inhoud: Inhoud) => readonly Nzafeit[]>> = {
  JW301: ({ Client }) => {
    const { Geboortedatum } = Client as unknown as Klasse<'301', 'Client'>;
    return [{ nr: 0, geboortejaar: jaarVan(Geboortedatum), verwijzer: null }];
  },
  JW315: ({ Client }) => {
    const { AangevraagdeProducten } = Client as unknown as Klasse<'315', 'Client'>;
    return AangevraagdeProducten.AangevraagdProduct.map(({ Verwijzer }, nr) => ({
      nr,
      geboortejaar: null,
      verwijzer: Verwijzer.Type,
    }));
  },
};
const isNzasoort = (code: string): code is (typeof NZASOORTEN)[number] => Object.hasOwn(LEZERS, code);

/** @param inhoud the whole content of a message that satisfies its XSD */
export const nzafeitenVan = ({ code }: Berichtsoort, inhoud: Inhoud): readonly Nzafeit[] =>
  isNzasoort(code) ? LEZERS[code](inhoud) : [];
