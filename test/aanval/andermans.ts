/** Somebody who is known, and wants what is of somebody else: by its id, by its code, by a role that it has not. */
import { randomUUID } from 'node:crypto';
import { maakBericht, voorbeeld } from '../hulp/berichten.ts';
import {
  AANBIEDER,
  type Aanval,
  type Aanvalsgroep,
  BSN,
  DERDE,
  GEMEENTE,
  haal,
  lever,
  MERK,
  stuurJson,
} from './types.ts';

const PUT_INSTELLING = JSON.stringify({ retour: 'knooppunt', controleniveau: 0 });
const reden = MERK;
const moment = '2026-01-01T00:00:00Z';

/** What only the operator may. */
const BEHEER: readonly (readonly [methode: string, pad: string, lijf?: object])[] = [
  ['GET', 'organisaties'],
  ['GET', `organisaties/${AANBIEDER}`],
  ['PUT', `organisaties/${GEMEENTE}`, { naam: MERK, reden }],
  ['PUT', `organisaties/${AANBIEDER}`, { stuf: { url: `https://${MERK}.example/` }, reden }],
  ['GET', 'machtigingen'],
  ['POST', 'machtigingen', { client: `demo-${GEMEENTE}`, organisatie: DERDE, domein: 'iwmo', reden }],
  ['POST', 'machtigingen/1/intrekking', { reden }],
  ['GET', 'vensters'],
  ['GET', 'bevriezingen'],
  ['POST', 'bevriezingen', { vanaf: moment, tot: '2099-01-01T00:00:00Z', reden }],
  ['POST', 'bevriezingen/1/opheffing', { reden }],
  ['GET', 'bezorging'],
  ['POST', `bezorging/${AANBIEDER}/opnieuw`],
];

/** @param berichtId a message between the gemeente and the aanbieder */
export function andermans(berichtId: string): Aanvalsgroep {
  const van = (naam: string, weigering: Aanval['weigering'], verzoek: Aanval['verzoek']): Aanval => ({
    naam,
    weigering,
    verzoek,
  });
  const berichten = ['', '/inhoud', '/bevindingen', '/bezorging'].flatMap((deel) => [
    van(`a message of others${deel}`, 'nietGevonden', () => haal(`/v1/berichten/${berichtId}${deel}`, DERDE)),
    van(`a message that does not exist${deel}`, 'nietGevonden', () =>
      haal(`/v1/berichten/${randomUUID()}${deel}`, DERDE),
    ),
  ]);
  const postbus = `/v1/postbussen/${GEMEENTE}`;
  const instelling = `/v1/organisaties/${GEMEENTE}/instellingen/iwmo`;
  const ids = JSON.stringify({ berichtIds: [berichtId] });
  const namens = (afzender: string, ontvanger: string) => maakBericht('WMO301', { afzender, ontvanger });
  return {
    naam: 'what is of another',
    aanvallen: [
      ...berichten,
      van('the operator reads what is in a message', 'nietGevonden', () =>
        haal(`/v1/berichten/${berichtId}/inhoud`, 'beheer'),
      ),
      van('looking into the postbus of another', 'nietBevoegdVoorOrganisatie', () =>
        haal(`${postbus}/berichten`, DERDE),
      ),
      van('emptying the postbus of another', 'nietBevoegdVoorOrganisatie', () =>
        stuurJson('POST', `${postbus}/ophalingen`, '{}', DERDE),
      ),
      van('confirming for another', 'nietBevoegdVoorOrganisatie', () =>
        stuurJson('POST', `${postbus}/bevestigingen`, ids, DERDE),
      ),
      van('the operator empties a postbus', 'nietBevoegdVoorOrganisatie', () =>
        stuurJson('POST', `${postbus}/ophalingen`, '{}', 'beheer'),
      ),
      van('CIZ empties a postbus', 'nietBevoegdVoorOrganisatie', () =>
        stuurJson('POST', `${postbus}/ophalingen`, '{}', 'ciz'),
      ),
      van('a postbus that does not exist', 'nietBevoegdVoorOrganisatie', () => haal('/v1/postbussen/9999/berichten')),
      van('reading the instelling of another', 'nietBevoegdVoorOrganisatie', () => haal(instelling, AANBIEDER)),
      van('turning off the checks of another', 'nietBevoegdVoorOrganisatie', () =>
        stuurJson('PUT', instelling, PUT_INSTELLING, DERDE),
      ),
      van('changing the tariffs of another', 'nietBevoegdVoorOrganisatie', () => ({
        ...haal(`/v1/organisaties/${GEMEENTE}/tarieven/iwmo`, DERDE),
        methode: 'PUT',
      })),
      ...BEHEER.map(([methode, pad, lijf]) =>
        van(`${methode} ${pad} without being the operator`, 'nietBevoegdBeheer', () =>
          lijf
            ? stuurJson(methode, `/v1/beheer/${pad}`, JSON.stringify(lijf))
            : { ...haal(`/v1/beheer/${pad}`), methode },
        ),
      ),
      van('sending for another gemeente', 'geenToestemmingAfzender', () => lever(namens(DERDE, AANBIEDER))),
      van('sending for an aanbieder', 'geenToestemmingAfzender', () => lever(voorbeeld('WMO305'))),
      van('the operator sends', 'geenToestemmingAfzender', () => lever(namens(GEMEENTE, AANBIEDER), {}, 'beheer')),
      van('the receiver sends what it would like to get', 'geenToestemmingAfzender', () =>
        lever(namens(GEMEENTE, AANBIEDER), {}, AANBIEDER),
      ),
      van('the sender answers itself', 'geenToestemmingAfzender', () => lever(voorbeeld('WMO302'))),
      van('an answer to nothing', 'heenberichtOnbekend', () => lever(voorbeeld('WMO302'), {}, AANBIEDER)),
      van('an answer to a message of others', 'heenberichtOnbekend', () =>
        lever(voorbeeld('WMO302'), { CrossReferentienummer: randomUUID() }, AANBIEDER),
      ),
      van('the Wlz register, asked by an aanbieder', 'wlzAlleenGemeenten', () =>
        stuurJson(
          'POST',
          '/v1/wlz-registertoetsen',
          JSON.stringify({ bsn: BSN, doel: '2.3.2', gemeente: GEMEENTE }),
          AANBIEDER,
        ),
      ),
      van('the Wlz register, delivered by a gemeente', 'nietBevoegdBeheer', () => ({
        ...haal('/v1/wlz-leveringen'),
        methode: 'POST',
      })),
      van('the Wlz register, seen by a gemeente', 'nietBevoegdBeheer', () => haal('/v1/wlz-register')),
    ],
  };
}
