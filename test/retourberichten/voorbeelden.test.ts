/**
 * Answers that others composed: from the message and the findings that must have led to them, ours is the same. Our own examples, and the
 * official ones where they are at hand (KNOOPPUNT_NORM).
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { antwoord } from '#src/retourberichten/antwoord.ts';
import type { Bevinding, Controleniveau } from '#src/standards/bevinding.ts';
import { BERICHTSOORTEN, type Berichtsoort } from '#src/standards/catalogus.ts';
import { structuurVan } from '#src/standards/structuren.ts';
import { leesInhoud } from '#src/xml/inhoud.ts';
import type { Inhoud, Waarde } from '#src/xml/structuur.ts';
import { soort, voorbeeld } from '../hulp/berichten.ts';
import { NORM } from '../xsd/schemas.ts';

const OPTIES = { heenId: '0195a000-0000-7000-8000-000000000001', moment: new Date('2026-03-15T12:00:00Z') };
/** What only says how the message was checked: nothing. */
const NIETS = ['0200', '8001'];

interface Gelezen {
  readonly bevindingen: Bevinding[];
  readonly nietBeoordeeld: Set<string>;
}

const bevinding = (pad: string, retourcode: string): Bevinding => {
  const niveau: Controleniveau = retourcode === '0001' ? 2 : 3;
  return { ernst: 'fout', niveau, regel: 'TR000', retourcode, pad, regelnummer: 0, melding: '' };
};

/** A class of the answer as it was in the message; what its retourcodes tell is put aside. */
function zonderRetourcodes(inhoud: Inhoud, pad: string, uit: Gelezen): Inhoud {
  const { RetourCodes, ...rest } = inhoud;
  const codes = (RetourCodes as { readonly RetourCode: readonly string[] } | undefined)?.RetourCode ?? [];
  for (const code of codes) {
    if (code === '0233') uit.nietBeoordeeld.add(pad);
    else if (!NIETS.includes(code)) uit.bevindingen.push(bevinding(pad, code));
  }
  const stuk = (waarde: string | Inhoud, hier: string): string | Inhoud =>
    typeof waarde === 'string' ? waarde : zonderRetourcodes(waarde, hier, uit);
  return Object.fromEntries(
    Object.entries(rest).map(([naam, waarde]): [string, Waarde] => {
      const hier = `${pad}/${naam === 'DeclaratieAntwoord' ? 'Declaratie' : naam}`;
      if (!Array.isArray(waarde)) return [naam, stuk(waarde as string | Inhoud, hier)];
      const lijst = waarde as readonly Inhoud[];
      return [naam, lijst.map((deel, nr) => stuk(deel, lijst.length > 1 ? `${hier}[${nr + 1}]` : hier) as Inhoud)];
    }),
  );
}

/** The message that an answer is about, as far as it can be told from the answer. */
function heenInhoud(inhoud: Inhoud, heen: Berichtsoort): Inhoud {
  const { DeclaratieAntwoord, Header, ...rest } = inhoud;
  const header = { ...(Header as Inhoud), BerichtCode: heen.berichtcode };
  if (heen.nummer !== '323') {
    const { IdentificatieRetour, DagtekeningRetour, XsltVersie, XsdVersieRetour, ...over } = header as Inhoud;
    return { Header: over, ...rest };
  }
  const { DeclaratieIdentificatie, XsdVersieDeclaratie, XsltVersie, Afzender, Ontvanger, ...over } = header as Inhoud;
  const Declaratie = DeclaratieAntwoord as Inhoud | undefined;
  return {
    Header: {
      ...over,
      Afzender: Ontvanger,
      Ontvanger: Afzender,
      BerichtIdentificatie: DeclaratieIdentificatie,
      XsdVersie: XsdVersieDeclaratie,
    },
    Declaratie,
  };
}

/** Without what each answer says of itself, and without the version of the rules, which an answer may always tell. */
function vergelijkbaar(inhoud: Inhoud, heen: Berichtsoort): Inhoud {
  const { XsltVersie, IdentificatieRetour, DagtekeningRetour, ...header } = inhoud.Header as Inhoud;
  if (heen.nummer === '323') delete (header as Record<string, Waarde>).BerichtIdentificatie;
  return { ...inhoud, Header: header };
}

function stelNa(bytes: Uint8Array, terug: Berichtsoort): void {
  const structuur = structuurVan(terug);
  const voorbeeldig = leesInhoud(bytes, structuur);
  const heen = soort(terug.antwoordOp ?? '');
  const uit: Gelezen = { bevindingen: [], nietBeoordeeld: new Set() };
  const inhoud = heenInhoud(zonderRetourcodes(voorbeeldig, '/Bericht', uit), heen);
  const ons = antwoord(heen, inhoud, uit.bevindingen, { ...OPTIES, nietBeoordeeld: uit.nietBeoordeeld });
  if (!ons) throw new Error(`${heen.code} has no answer`);
  expect(ons.soort.code).toBe(terug.code);
  expect(vergelijkbaar(leesInhoud(ons.bytes, structuur), heen)).toEqual(vergelijkbaar(voorbeeldig, heen));
}

const ANTWOORDEN = BERICHTSOORTEN.filter(({ aard }) => aard !== 'heen');

test.each(ANTWOORDEN)('our example of $code', (terug) => {
  stelNa(Buffer.from(voorbeeld(terug.code)), terug);
});

/** All there are but JW318, which its XSD refuses; those of iWmo do not exist. */
const OFFICIEEL = ['JW302', 'JW306', 'JW308', 'JW316', 'JW320', 'JW325'];
const map = path.join(NORM, 'samples', 'ijw');
const aanwezig = existsSync(map);
if (!aanwezig) console.warn(`Skipped: no official examples in ${map}. Set KNOOPPUNT_NORM.`);

describe.skipIf(!aanwezig)('the official example', () => {
  test.each(OFFICIEEL)('of %s', (code) => {
    stelNa(readFileSync(path.join(map, `${code}.xml`)), soort(code));
  });
});
