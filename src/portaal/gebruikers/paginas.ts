/** Managing users: by a gebruikersbeheerder those of its own organisation, by the operator all. The rules are in toegang/gebruikers. */
import { z } from 'zod';
import {
  type Beheeromgeving,
  dienstenVanOrganisatie,
  type Gebruikeroverzicht,
  leesGebruikers,
  nodigUit,
  wijzigGebruiker,
} from '../../toegang/gebruikers/beheer.ts';
import { dienstenVoor, rollenVoor } from '../../toegang/gebruikers/regels.ts';
import { DIENSTEN, type Gebruiker, ROLLEN } from '../../toegang/gebruikers/types.ts';
import { type Pagina, pagina } from '../pagina.ts';
import { gezag, ofBezwaar, opdracht, PAD, reden, type Verzoek, vind } from './gedeeld.ts';
import { handelingPaginas } from './handelingen.ts';
import {
  codescherm,
  GEBRUIKERS,
  gebruikerscherm,
  lijstscherm,
  nieuwscherm,
  type Opnieuw,
  type Rechtkeuze,
  SCHOON,
} from './schermen.ts';

const recht = {
  naam: z.string().trim().min(2, 'Vul een naam in.').max(80, 'Een naam heeft hooguit 80 tekens.'),
  rol: z.enum(ROLLEN, 'Kies een rol.'),
  // One that was ticked comes as a text, more as a list.
  diensten: z.preprocess(
    (waarde) => (waarde === undefined ? [] : [waarde].flat()),
    z.array(z.enum(DIENSTEN, 'Kies diensten uit de lijst.')),
  ),
  reden,
};
const Lijst = z.object({
  organisatie: z.string().max(8).catch('').default(''),
  ingetrokken: z.literal('1').optional().catch(undefined),
});
const Nieuw = z.object({
  ...recht,
  organisatie: z.string().trim().max(8, 'Deze code is te lang.').optional(),
  identificatie: z.string().trim().max(100, 'Dit nummer is te lang.').optional(),
});
const Wijziging = z.object(recht);
/** What was ticked, as it came. */
const gekozenIn = ({ req }: Verzoek<unknown>): readonly string[] =>
  [(req.body as { diensten?: string | string[] } | undefined)?.diensten ?? []].flat();

async function nieuwKeuze(
  { routering }: Beheeromgeving,
  gebruiker: Gebruiker,
): Promise<Rechtkeuze & { readonly alle: boolean }> {
  const van = gezag(gebruiker);
  if (van.soort === 'beheerder') return { alle: true, rollen: ROLLEN, diensten: DIENSTEN, rol: '', gekozen: [] };
  const diensten = await dienstenVanOrganisatie(routering, van.organisatie);
  return { alle: false, rollen: rollenVoor(van.organisatie), diensten, rol: 'gebruiker', gekozen: [] };
}

async function wijzigKeuze({ routering }: Beheeromgeving, wie: Gebruikeroverzicht): Promise<Rechtkeuze> {
  const vanOrganisatie = await dienstenVanOrganisatie(routering, wie.organisatie);
  const rollen = rollenVoor(wie.organisatie);
  const diensten = dienstenVoor(wie.rol, vanOrganisatie);
  return { rollen, diensten, rol: wie.rol, gekozen: wie.diensten };
}

const lijst = ({ database }: Beheeromgeving): Pagina =>
  pagina<z.infer<typeof Lijst>>({
    methode: 'get',
    pad: PAD,
    id: 'gebruikers',
    toegang: 'gebruikersbeheer',
    vraagSchema: Lijst,
    async voer({ gebruiker, vraag }) {
      const van = gezag(gebruiker);
      const organisatie = vraag.organisatie.trim();
      const ingetrokken = vraag.ingetrokken !== undefined;
      const keuze = { organisatie: organisatie || undefined, ingetrokken };
      const gebruikers = await leesGebruikers(database.pool, van, keuze);
      return lijstscherm({ gebruikers, alle: van.soort === 'beheerder', organisatie, ingetrokken });
    },
  });

function nieuw(omgeving: Beheeromgeving): readonly Pagina[] {
  const gedeeld = { pad: `${PAD}/nieuw`, toegang: 'gebruikersbeheer' } as const;
  return [
    pagina({
      ...gedeeld,
      methode: 'get',
      id: 'gebruikerNieuw',
      voer: async ({ gebruiker, sessie }) => nieuwscherm(sessie, await nieuwKeuze(omgeving, gebruiker), SCHOON),
    }),
    pagina<unknown, z.infer<typeof Nieuw>>({
      ...gedeeld,
      methode: 'post',
      id: 'gebruikerUitnodigen',
      formulierSchema: Nieuw,
      async voer(verzoek) {
        const { gebruiker, sessie, formulier, ingevuld } = verzoek;
        const keuze = await nieuwKeuze(omgeving, gebruiker);
        const anders = { rol: ingevuld.rol ?? keuze.rol, gekozen: gekozenIn(verzoek) };
        const scherm = async (opnieuw: Opnieuw) => nieuwscherm(sessie, { ...keuze, ...anders }, opnieuw);
        return ofBezwaar(
          verzoek,
          scherm,
          formulier &&
            (async () => {
              const { reden: waarom, identificatie, ...rest } = formulier;
              const organisatie = keuze.alle ? formulier.organisatie || null : gebruiker.organisatie;
              const { code } = await nodigUit(omgeving, opdracht(gebruiker, waarom), {
                ...rest,
                organisatie,
                identificatie: identificatie || undefined,
              });
              return codescherm(formulier.naam, code);
            }),
        );
      },
    }),
  ];
}

function een(omgeving: Beheeromgeving): readonly Pagina[] {
  const gedeeld = { pad: `${PAD}/:gebruiker`, toegang: 'gebruikersbeheer' } as const;
  return [
    pagina({
      ...gedeeld,
      methode: 'get',
      id: 'gebruiker',
      async voer(verzoek) {
        const wie = await vind(omgeving, verzoek);
        return gebruikerscherm(verzoek.sessie, wie, await wijzigKeuze(omgeving, wie), SCHOON);
      },
    }),
    pagina<unknown, z.infer<typeof Wijziging>>({
      ...gedeeld,
      methode: 'post',
      id: 'gebruikerWijzigen',
      formulierSchema: Wijziging,
      async voer(verzoek) {
        const { gebruiker, sessie, formulier, ingevuld } = verzoek;
        const wie = await vind(omgeving, verzoek);
        const keuze = { ...(await wijzigKeuze(omgeving, wie)), rol: ingevuld.rol ?? '', gekozen: gekozenIn(verzoek) };
        return ofBezwaar(
          verzoek,
          async (opnieuw) => gebruikerscherm(sessie, wie, keuze, opnieuw),
          formulier &&
            (async () => {
              const { reden: waarom, ...anders } = formulier;
              await wijzigGebruiker(omgeving, opdracht(gebruiker, waarom), wie.id, anders);
              return { naar: GEBRUIKERS, melding: { soort: 'ok', tekst: `${anders.naam} is gewijzigd.` } };
            }),
        );
      },
    }),
  ];
}

export const gebruikerPaginas = (omgeving: Beheeromgeving): readonly Pagina[] => [
  lijst(omgeving),
  ...nieuw(omgeving),
  ...een(omgeving),
  ...handelingPaginas(omgeving),
];
