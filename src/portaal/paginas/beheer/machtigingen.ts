/** Machtigingen, for the operator: who acts for whom, given and withdrawn. */
import { z } from 'zod';
import { KnooppuntFout } from '../../../fouten.ts';
import type { Omgeving } from '../../../http/omgeving.ts';
import { wijziger } from '../../../http/wijziger.ts';
import { ORGANISATIECODE } from '../../../routering/kaart.ts';
import {
  geefMachtiging,
  leesMachtigingen,
  type Machtiging,
  trekMachtigingIn,
} from '../../../routering/machtigingen.ts';
import { leesNamen } from '../../../routering/namen.ts';
import { DOMEINEN } from '../../../standards/catalogus.ts';
import { leesClients } from '../../../toegang/clientbeheer.ts';
import { type Gemachtigde, leesGemachtigden } from '../../../toegang/gebruikers/gemachtigden.ts';
import { html } from '../../html.ts';
import {
  bladeren,
  formulier,
  inleiding,
  keuzelijst,
  knop,
  knoppen,
  knopVerwijzing,
  leeg,
  tekstveld,
  zoekformulier,
} from '../../onderdelen.ts';
import { tijdstip } from '../../opmaak.ts';
import { type Pagina, type Paginaverzoek, pagina } from '../../pagina.ts';
import { DOMEINTITEL } from './instellingwoorden.ts';
import { isVoorbij, machtigingtabel } from './machtigingtabel.ts';
import { Domeinveld, MogelijkMoment, Organisatiecode } from './velden.ts';
import { BEHEER, fouten, nakijkknop, Reden, redenveld, wijzigpaginas } from './wijziging.ts';

export const MACHTIGINGEN = { naam: 'Machtigingen', pad: '/portaal/beheer/machtigingen' } as const;
const PER_PAGINA = 50;

const Vraag = z.object({
  organisatie: z.string().regex(ORGANISATIECODE).optional().catch(undefined),
  client: z.string().min(1).max(100).optional().catch(undefined),
  na: z.coerce.number().int().min(0).catch(0).default(0),
});
type Vraag = z.infer<typeof Vraag>;

const Geef = z.object({
  client: z.string().trim().min(1, 'Vul in wie gemachtigd wordt.').max(100, 'Een naam heeft hoogstens 100 tekens.'),
  organisatie: Organisatiecode,
  domein: Domeinveld,
  vanaf: MogelijkMoment,
  tot: MogelijkMoment,
  reden: Reden,
});
type Geef = z.infer<typeof Geef>;
const Intrekken = z.object({ reden: Reden });

const adres = ({ organisatie, client, na }: Partial<Vraag>): string => {
  const velden = Object.entries({ organisatie, client, na: na ? String(na) : undefined });
  const gevuld = velden.filter((veld): veld is [string, string] => veld[1] !== undefined);
  return gevuld.length === 0 ? MACHTIGINGEN.pad : `${MACHTIGINGEN.pad}?${new URLSearchParams(gevuld)}`;
};

export function machtigingpaginas(omgeving: Omgeving): readonly Pagina[] {
  const { database } = omgeving;

  async function eenMachtiging({ pad: { nummer = '' } }: Pick<Paginaverzoek, 'pad'>): Promise<Gemachtigde> {
    const id = /^[1-9][0-9]{0,8}$/.test(nummer) ? Number(nummer) : 0;
    const [gevonden] = await leesMachtigingen(database.pool, { na: id - 1, aantal: 1 });
    const [machtiging] = gevonden?.id === id ? await leesGemachtigden(database.pool, [gevonden]) : [];
    if (!machtiging || isVoorbij(machtiging, new Date())) throw new KnooppuntFout('nietGevonden');
    return machtiging;
  }

  const lijst = pagina<Vraag>({
    methode: 'get',
    pad: '/beheer/machtigingen',
    id: 'beheer-machtigingen',
    toegang: 'beheerder',
    vraagSchema: Vraag,
    async voer({ vraag }) {
      const gevonden = await leesMachtigingen(database.pool, { ...vraag, aantal: PER_PAGINA });
      const rijen = await leesGemachtigden(database.pool, gevonden);
      const laatste = rijen.length === PER_PAGINA ? rijen.at(-1)?.id : undefined;
      return {
        titel: MACHTIGINGEN.naam,
        kruimels: [BEHEER],
        breed: true,
        inhoud: html`
${inleiding('Een machtiging laat een systeem of een medewerker berichten versturen en ophalen namens een andere organisatie, in één domein.')}
${zoekformulier(
  MACHTIGINGEN.pad,
  tekstveld({ naam: 'organisatie', label: 'Code van de organisatie', waarde: vraag.organisatie ?? '', breedte: 10 }),
  tekstveld({ naam: 'client', label: 'Naam van de client', waarde: vraag.client ?? '', breedte: 24 }),
  knop('Zoeken', { soort: 'secondary' }),
)}
${
  rijen.length === 0
    ? leeg('Geen machtigingen gevonden', 'Zonder machtiging handelt een organisatie alleen voor zichzelf.')
    : html`${machtigingtabel(rijen, { beheerder: true, metOrganisatie: true })}${bladeren(vraag.na > 0 ? adres({ ...vraag, na: 0 }) : null, laatste === undefined ? null : adres({ ...vraag, na: laatste }))}`
}
${knoppen(knopVerwijzing(`${MACHTIGINGEN.pad}/nieuw`, 'Machtiging geven'))}`,
      };
    },
  });

  /** What the name stands for, as far as is known here. */
  async function wieIs(client: string): Promise<{ readonly naam: string; readonly bekend: boolean }> {
    const [gebruiker] = await leesGemachtigden(database.pool, [{ client } as Machtiging]);
    if (gebruiker && gebruiker.wie !== client) return { naam: gebruiker.wie, bekend: true };
    return {
      naam: client,
      bekend: (await leesClients(database.pool, client)).some(({ ingetrokkenOp }) => ingetrokkenOp === null),
    };
  }

  return [
    lijst,
    ...wijzigpaginas<Geef>({
      id: 'beheer-machtiging-nieuw',
      pad: '/beheer/machtigingen/nieuw',
      toegang: 'beheerder',
      schema: Geef,
      async vorm(verzoek, terug) {
        const { organisatie, client } = Vraag.parse(verzoek.req.query);
        return {
          titel: 'Machtiging geven',
          kruimels: [BEHEER, MACHTIGINGEN],
          inhoud: html`
${fouten(terug)}
${inleiding('Vraag om het besluit van de organisatie zelf voordat u een machtiging geeft, en noem het bij de reden.')}
${formulier(
  { ...verzoek, naar: `${MACHTIGINGEN.pad}/nieuw` },
  tekstveld({
    naam: 'client',
    label: 'Wie wordt gemachtigd',
    uitleg: 'Naam van de client, of het nummer van een gebruiker zoals het in het logboek staat (gebruiker:…).',
    verplicht: true,
    breedte: 40,
    maxlengte: 100,
    waarde: client,
    ...terug,
  }),
  tekstveld({
    naam: 'organisatie',
    label: 'Namens welke organisatie',
    uitleg: 'De code: 4 cijfers (gemeente) of 8 cijfers (aanbieder).',
    verplicht: true,
    breedte: 10,
    maxlengte: 8,
    waarde: organisatie,
    ...terug,
  }),
  keuzelijst({
    naam: 'domein',
    label: 'Domein',
    verplicht: true,
    leegste: 'Kies een domein',
    keuzes: DOMEINEN.map((waarde) => ({ waarde, tekst: DOMEINTITEL[waarde] })),
    ...terug,
  }),
  html`<div class="kp-naast">
${tekstveld({ naam: 'vanaf', label: 'Vanaf', uitleg: 'Leeg: meteen.', type: 'datetime-local', ...terug })}
${tekstveld({ naam: 'tot', label: 'Tot', uitleg: 'Leeg: zonder einde.', type: 'datetime-local', ...terug })}
</div>`,
  redenveld(terug),
  nakijkknop(),
)}`,
        };
      },
      async kijkNa(_verzoek, { client, organisatie, domein, vanaf, tot }) {
        const naam = (await leesNamen(database.pool, [organisatie])).get(organisatie);
        if (naam === undefined)
          throw new KnooppuntFout('invoerOngeldig', 'De organisatie staat niet in de lijst van organisaties.');
        const wie = await wieIs(client);
        return {
          titel: 'Klopt dit?',
          kruimels: [BEHEER, MACHTIGINGEN],
          verschillen: [
            { wat: 'Wie', nu: '-', wordt: wie.naam },
            { wat: 'Namens', nu: '-', wordt: `${naam} (${organisatie})` },
            { wat: 'Domein', nu: '-', wordt: DOMEINTITEL[domein] },
            { wat: 'Vanaf', nu: '-', wordt: vanaf ? tijdstip(vanaf) : 'meteen' },
            { wat: 'Tot', nu: '-', wordt: tot ? tijdstip(tot) : 'zonder einde' },
          ],
          gevolgen: [
            `${wie.naam} kan dan in dit domein alle berichten van ${naam} zien, ophalen en versturen.`,
            'U kunt de machtiging later intrekken. Wat dan al is gelezen of verstuurd, blijft zo.',
          ],
          ...(!wie.bekend && {
            gevaar: 'Er is geen client of gebruiker met deze naam. Kijk of u geen tikfout hebt gemaakt.',
          }),
          knop: 'Machtiging geven',
        };
      },
      async doe({ gebruiker }, { reden, vanaf, ...wie }) {
        const nieuw = { ...wie, vanaf: vanaf ?? new Date() };
        await wijziger(omgeving)(gebruiker.client, (actor) => geefMachtiging(database, { actor, reden }, nieuw));
        return {
          naar: adres({ organisatie: wie.organisatie }),
          melding: { soort: 'ok', tekst: 'De machtiging is gegeven.' },
        };
      },
    }),
    ...wijzigpaginas<z.infer<typeof Intrekken>>({
      id: 'beheer-machtiging-intrekken',
      pad: '/beheer/machtigingen/:nummer/intrekken',
      toegang: 'beheerder',
      schema: Intrekken,
      async vorm(verzoek, terug) {
        const rij = await eenMachtiging(verzoek);
        return {
          titel: 'Machtiging intrekken',
          kruimels: [BEHEER, MACHTIGINGEN],
          inhoud: html`
${fouten(terug)}
${machtigingtabel([rij], { beheerder: false, metOrganisatie: true })}
${formulier(verzoek, redenveld(terug), nakijkknop())}`,
        };
      },
      async kijkNa(verzoek) {
        const { wie, organisatie, domein, tot } = await eenMachtiging(verzoek);
        return {
          titel: 'Klopt dit?',
          kruimels: [BEHEER, MACHTIGINGEN],
          verschillen: [
            { wat: `Machtiging van ${wie}`, nu: tot ? `tot ${tijdstip(tot)}` : 'zonder einde', wordt: 'eindigt nu' },
          ],
          gevolgen: [
            `${wie} kan meteen niets meer doen namens ${organisatie} in ${DOMEINTITEL[domein]}. Berichten die al zijn verstuurd, gaan gewoon door.`,
            'Terugdraaien kan niet. Wel kunt u een nieuwe machtiging geven.',
          ],
          gevaar: 'Dit geldt meteen.',
          knop: 'Machtiging intrekken',
        };
      },
      async doe(verzoek, { reden }) {
        const { id, organisatie } = await eenMachtiging(verzoek);
        await wijziger(omgeving)(verzoek.gebruiker.client, (actor) =>
          trekMachtigingIn(database, { actor, reden }, { id }, new Date()),
        );
        return { naar: adres({ organisatie }), melding: { soort: 'ok', tekst: 'De machtiging is ingetrokken.' } };
      },
    }),
  ];
}
