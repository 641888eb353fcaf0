/** The commands of who sees which figures: samenwerkingsverbanden and their mandaten, and publishing the national figures; in the way of routering. */
import { publiceerLandelijk } from '../ketendata/inzicht/publicatie.ts';
import {
  bewaarVerband,
  geefMandaat,
  leesMandaten,
  leesVerbanden,
  type Mandaat,
  trekMandaatIn,
} from '../ketendata/inzicht/verbanden.ts';
import type { Opdrachtgever } from '../routering/wijziging.ts';
import { datum } from '../tijd.ts';
import { cliActor, GEWEIGERD, Gebruiksfout } from './gebruik.ts';
import { isDag } from './moment.ts';
import type { Opdracht, Waarden, Werk } from './routering-opdrachten.ts';

function opdrachtgever(reden: string | undefined): Opdrachtgever {
  if (reden === undefined) throw new Gebruiksfout('Geef een reden op met --reden.');
  return { actor: cliActor(), reden };
}

function dagVan(tekst: string): string {
  if (!isDag(tekst)) throw new Gebruiksfout('Een dag heeft de vorm JJJJ-MM-DD, en bestaat.');
  return tekst;
}

const mandaatRegel = ({ id, verband, gemeente, vanaf, tot, ingetrokkenOp }: Mandaat): string =>
  `${id}  ${gemeente} voor ${verband}, vanaf ${vanaf}${tot ? ` tot ${tot}` : ''}${ingetrokkenOp ? ' (ingetrokken)' : ''}`;

function toon<T>(rijen: readonly T[], regel: (rij: T) => string, json: boolean | undefined): number {
  process.stdout.write(json ? `${JSON.stringify(rijen)}\n` : rijen.map((rij) => `${regel(rij)}\n`).join(''));
  return 0;
}

function zetVerband([code = '', naam = '']: readonly string[], { reden }: Waarden): Werk {
  const opdracht = opdrachtgever(reden);
  return async (database) => {
    const verband = await bewaarVerband(database, opdracht, { code, naam });
    console.log(`Samenwerkingsverband ${verband.code} heet ${verband.naam}.`);
    return 0;
  };
}

function geef([gemeente = '', verband = '']: readonly string[], { reden, vanaf, tot }: Waarden): Werk {
  const opdracht = opdrachtgever(reden);
  const periode = {
    vanaf: dagVan(vanaf ?? datum(new Date())),
    tot: tot === undefined ? null : dagVan(tot),
  };
  return async (database) => {
    const mandaat = await geefMandaat(database, opdracht, { verband, gemeente, ...periode });
    console.log(`Gegeven: ${mandaatRegel(mandaat)}.`);
    return 0;
  };
}

function trekIn([gemeente = '', nummer = '']: readonly string[], { reden }: Waarden): Werk {
  if (!/^[1-9]\d{0,8}$/.test(nummer)) throw new Gebruiksfout('Het nummer is een geheel getal.');
  const opdracht = opdrachtgever(reden);
  return async (database) => {
    const mandaat = await trekMandaatIn(database, opdracht, Number(nummer), gemeente);
    if (!mandaat) {
      console.error('Deze gemeente heeft geen mandaat met dit nummer dat nog geldt.');
      return GEWEIGERD;
    }
    console.log(`Ingetrokken: ${mandaatRegel(mandaat)}.`);
    return 0;
  };
}

function publiceer(_: readonly string[], { reden }: Waarden): Werk {
  const opdracht = opdrachtgever(reden);
  return async (database) => {
    const verslagen = await publiceerLandelijk(database, opdracht, new Date());
    for (const { domein, blok, gepubliceerd, onderdrukt } of verslagen)
      console.log(
        `${domein}, vier weken vanaf ${blok}: ${gepubliceerd} onderdelen gepubliceerd, ${onderdrukt} te klein.`,
      );
    if (verslagen.length === 0) console.log('Er was niets te publiceren.');
    return 0;
  };
}

export const INZICHTOPDRACHTEN: Readonly<Record<string, Opdracht>> = {
  'samenwerking zet': { woorden: ['CODE', 'NAAM'], opties: ['reden'], bereid: zetVerband },
  'samenwerking lijst': {
    woorden: [],
    opties: ['json'],
    bereid:
      (_, { json }) =>
      async (database) =>
        toon(await leesVerbanden(database), ({ code, naam }) => `${code}  ${naam}`, json),
  },
  'mandaat geef': { woorden: ['GEMEENTE', 'SAMENWERKINGSVERBAND'], opties: ['reden', 'vanaf', 'tot'], bereid: geef },
  'mandaat trek-in': { woorden: ['GEMEENTE', 'NUMMER'], opties: ['reden'], bereid: trekIn },
  'mandaat lijst': {
    woorden: [],
    opties: ['json'],
    bereid:
      (_, { json }) =>
      async ({ pool }) =>
        toon(await leesMandaten(pool), mandaatRegel, json),
  },
  'landelijk publiceer': { woorden: [], opties: ['reden'], bereid: publiceer },
};
