/** Samenwerkingsverbanden, for the operator: which there are, and which gemeenten let their figures count. */
import type { Omgeving } from '../../../http/omgeving.ts';
import { ledenOp, MIN_GEMEENTEN } from '../../../ketendata/inzicht/regels/samenwerking.ts';
import { leesMandaten, leesVerbanden, type Samenwerkingsverband } from '../../../ketendata/inzicht/verbanden.ts';
import { leesNamen } from '../../../routering/namen.ts';
import { datum } from '../../../tijd.ts';
import { type Html, html } from '../../html.ts';
import {
  alinea,
  gegevens,
  inleiding,
  knoppen,
  knopVerwijzing,
  kop,
  leeg,
  merk,
  tabel,
  verwijzing,
} from '../../onderdelen.ts';
import { getal } from '../../opmaak.ts';
import { type Pagina, pagina } from '../../pagina.ts';
import { organisatie } from '../../woorden.ts';
import { mandaattabel, mandatenpad } from './mandaattabel.ts';
import { eenVerband, padVanVerband, VERBANDEN, verbandMaken, verbandNoemen } from './verband-maken.ts';
import { BEHEER } from './wijziging.ts';

interface Rij extends Samenwerkingsverband {
  readonly leden: number;
}

const lijst = (rijen: readonly Rij[]): Html =>
  tabel<Rij>({
    titel: VERBANDEN.naam,
    titelVerborgen: true,
    rijen,
    kolommen: [
      { kop: 'Naam', rijkop: true, cel: ({ code, naam }) => verwijzing(padVanVerband(code), naam) },
      { kop: 'Code', cel: ({ code }) => code },
      { kop: 'Gemeenten nu', getal: true, cel: ({ leden }) => getal(leden) },
      {
        kop: 'Cijfers',
        cel: ({ leden }) => (leden >= MIN_GEMEENTEN ? merk('te zien', 'goed') : merk('te weinig gemeenten', 'let-op')),
      },
    ],
  });

export function verbandpaginas(omgeving: Pick<Omgeving, 'database' | 'routering'>): readonly Pagina[] {
  const { database } = omgeving;

  const overzicht = pagina({
    methode: 'get',
    pad: '/beheer/samenwerkingsverbanden',
    id: 'beheer-verbanden',
    toegang: 'beheerder',
    async voer() {
      const [verbanden, mandaten] = await Promise.all([leesVerbanden(database), leesMandaten(database.pool)]);
      const dag = datum(new Date());
      const van = Map.groupBy(mandaten, ({ verband }) => verband);
      const rijen = verbanden.map((een) => ({ ...een, leden: ledenOp(van.get(een.code) ?? [], dag).size }));
      const maken = knoppen(knopVerwijzing(`${VERBANDEN.pad}/nieuw`, 'Samenwerkingsverband maken'));
      return {
        titel: VERBANDEN.naam,
        kruimels: [BEHEER],
        inhoud: html`
${inleiding('In een samenwerkingsverband tellen gemeenten hun ketendata bij elkaar op. U maakt het verband; elke gemeente geeft zelf een mandaat.')}
${rijen.length === 0 ? leeg('Er zijn nog geen samenwerkingsverbanden', 'Maak er een, dan kunnen gemeenten een mandaat geven.', maken) : html`${lijst(rijen)}${maken}`}`,
      };
    },
  });

  const een = pagina({
    methode: 'get',
    pad: '/beheer/samenwerkingsverbanden/:verband',
    id: 'beheer-verband',
    toegang: 'beheerder',
    async voer(verzoek) {
      const { code, naam } = await eenVerband({ database }, verzoek);
      const mandaten = await leesMandaten(database.pool, { verband: code });
      const namen = await leesNamen(
        database.pool,
        mandaten.map(({ gemeente }) => gemeente),
      );
      const leden = ledenOp(mandaten, datum(new Date())).size;
      return {
        titel: naam,
        kruimels: [BEHEER, VERBANDEN],
        inhoud: html`
${gegevens([
  ['Code', code],
  [
    'Gemeenten nu',
    leden >= MIN_GEMEENTEN
      ? getal(leden)
      : `${getal(leden)}. Pas vanaf ${MIN_GEMEENTEN} gemeenten zijn er cijfers te zien.`,
  ],
])}
${knoppen(knopVerwijzing(`${padVanVerband(code)}/naam`, 'Naam wijzigen', { soort: 'secondary' }))}
${kop(2, 'Mandaten')}
${
  mandaten.length === 0
    ? leeg(
        'Nog geen gemeente geeft een mandaat',
        'De gebruikersbeheerder van een gemeente doet dat bij Beheer, onder Cijfers delen.',
      )
    : mandaattabel(mandaten.toReversed(), {
        kop: 'Gemeente',
        tekst: ({ gemeente }) => organisatie(gemeente, namen),
        pad: ({ gemeente }) => mandatenpad(gemeente),
      })
}
${alinea('Kreeg u een mandaat op papier? Zoek de gemeente op bij ', verwijzing('/portaal/beheer/organisaties?soort=gemeente', 'Organisaties'), ' en noteer het daar bij Cijfers delen.')}`,
      };
    },
  });

  return [overzicht, verbandMaken(omgeving), een, verbandNoemen(omgeving)].flat();
}
