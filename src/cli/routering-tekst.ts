/** Routering as lines for people. */
import type { Bevriezing } from '../routering/bevriezingen.ts';
import type { Dagen, Kaart } from '../routering/kaart.ts';
import type { Machtiging } from '../routering/machtigingen.ts';
import type { Stop } from '../routering/stops.ts';
import { DOMEINNAAM, leesbaarMoment } from '../routering/tekst.ts';
import type { Vensters } from '../routering/vensters.ts';
import { DOMEINEN } from '../standards/catalogus.ts';

const dagen = (begin: string | null, einde: string | null): string =>
  [begin && ` vanaf ${begin}`, einde && ` t/m ${einde}`].filter(Boolean).join('');

export function organisatieRegel({
  code,
  soort,
  naam,
  geldigVanaf,
  geldigTot,
  opvolger,
  deelname,
  stuf,
}: Kaart): string {
  const periode = (wat: string, van: Dagen | null): readonly string[] =>
    van ? [`${wat}${dagen(van.vanaf, van.tot)}`] : [];
  const delen = [
    ...DOMEINEN.flatMap((domein) => periode(DOMEINNAAM[domein], deelname[domein])),
    ...(geldigVanaf || geldigTot ? [`geldig${dagen(geldigVanaf, geldigTot)}`] : []),
    ...(opvolger ? [`opgevolgd door ${opvolger}`] : []),
    ...(stuf ? [`StUF ${stuf.url}${stuf.gestopt ? ' (gestopt)' : ''}`] : []),
  ];
  return `${code.padEnd(8)}  ${soort.padEnd(11)}  ${naam}  [${delen.join('; ') || 'neemt niet deel'}]`;
}

const momenten = ({ vanaf, tot }: { readonly vanaf: Date; readonly tot: Date | null }): string =>
  `vanaf ${leesbaarMoment(vanaf)}${tot ? ` tot ${leesbaarMoment(tot)}` : ''}`;

export const machtigingRegel = (machtiging: Machtiging): string =>
  `${machtiging.id}  ${machtiging.client} voor ${machtiging.organisatie} in ${DOMEINNAAM[machtiging.domein]}, ${momenten(machtiging)}`;

export function vensterRegels({ berichtsoort, release, richting, vensters }: Vensters): readonly string[] {
  const kop = `${berichtsoort}  ${release}  ${richting}  `;
  return vensters.length === 0 ? [`${kop}geen venster`] : vensters.map((venster) => `${kop}${momenten(venster)}`);
}

export function stopRegel({ organisatie, aanlevering, bezorging, reden, sinds }: Stop): string {
  const wat = [aanlevering && 'aanlevering', bezorging && 'bezorging'].filter(Boolean).join(' en ');
  return `${organisatie}  ${wat}, sinds ${leesbaarMoment(sinds)} (${reden})`;
}

export function bevriezingRegel(bevriezing: Bevriezing): string {
  const { id, domein, berichtsoorten, reden, opgehevenOp } = bevriezing;
  const wat =
    berichtsoorten?.join(' ') ?? (domein ? `alle berichtsoorten van ${DOMEINNAAM[domein]}` : 'alle berichtsoorten');
  const einde = opgehevenOp ? `; opgeheven op ${leesbaarMoment(opgehevenOp)}` : '';
  return `${id}  ${wat}, ${momenten(bevriezing)} (${reden}${einde})`;
}
