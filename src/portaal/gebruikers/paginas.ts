/** Managing users: by a gebruikersbeheerder those of its own organisation, by the operator all. The rules are in toegang/gebruikers. */
import { z } from 'zod';
import { KnooppuntFout } from '../../fouten.ts';
import type { Database } from '../../opslag/database.ts';
import type { Routering } from '../../routering/routering.ts';
import { MAX_REDEN, MIN_REDEN } from '../../routering/wijziging.ts';
import {
  type Beheeropdracht,
  dienstenVanOrganisatie,
  type Gebruikeroverzicht,
  leesEenGebruiker,
  leesGebruikers,
  nodigOpnieuwUit,
  nodigUit,
  trekGebruikerIn,
  wijzigGebruiker,
} from '../../toegang/gebruikers/beheer.ts';
import { dienstenVoor, type Gezag, gezagVan, rollenVoor } from '../../toegang/gebruikers/regels.ts';
import { DIENSTEN, type Gebruiker, ROLLEN } from '../../toegang/gebruikers/types.ts';
import { type Pagina, type Paginaverzoek, pagina, type Scherm, type Uitkomst } from '../pagina.ts';
import {
  codescherm,
  GEBRUIKERS,
  gebruikerscherm,
  lijstscherm,
  nieuwscherm,
  type Opnieuw,
  type Rechtkeuze,
  SCHOON,
  vraagscherm,
} from './schermen.ts';

interface Omgeving {
  readonly database: Database;
  readonly routering: Routering;
}

const PAD = '/beheer/gebruikers';
const GEEN_REDEN = `Geef een reden van ${MIN_REDEN} tot ${MAX_REDEN} tekens.`;
const reden = z.string().trim().min(MIN_REDEN, GEEN_REDEN).max(MAX_REDEN, GEEN_REDEN);
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
const Reden = z.object({ reden });
type Verzoek<F> = Paginaverzoek<unknown, F>;

function gezag(gebruiker: Gebruiker): Gezag {
  const heeft = gezagVan(gebruiker);
  if (!heeft) throw new KnooppuntFout('nietBevoegdPagina');
  return heeft;
}
const opdracht = (gebruiker: Gebruiker, waarom: string): Beheeropdracht => ({
  gezag: gezag(gebruiker),
  actor: gebruiker.client.id,
  reden: waarom,
});

/** What was ticked, as it came. */
const gekozenIn = ({ req }: Verzoek<unknown>): readonly string[] =>
  [(req.body as { diensten?: string | string[] } | undefined)?.diensten ?? []].flat();

/** What the rules have against it is said on the page; anything else is for the frame. */
async function ofBezwaar(
  verzoek: Verzoek<unknown>,
  scherm: (opnieuw: Opnieuw) => Promise<Scherm>,
  werk?: () => Promise<Uitkomst>,
): Promise<Uitkomst> {
  const { veldfouten, ingevuld } = verzoek;
  if (!werk) return scherm({ veldfouten, ingevuld });
  try {
    return await werk();
  } catch (fout) {
    if (!(fout instanceof KnooppuntFout) || fout.soort !== 'invoerOngeldig') throw fout;
    return scherm({ veldfouten, ingevuld, bezwaar: fout.details });
  }
}

async function nieuwKeuze(
  { routering }: Omgeving,
  gebruiker: Gebruiker,
): Promise<Rechtkeuze & { readonly alle: boolean }> {
  const van = gezag(gebruiker);
  if (van.soort === 'beheerder') return { alle: true, rollen: ROLLEN, diensten: DIENSTEN, rol: '', gekozen: [] };
  const diensten = await dienstenVanOrganisatie(routering, van.organisatie);
  return { alle: false, rollen: rollenVoor(van.organisatie), diensten, rol: 'gebruiker', gekozen: [] };
}

async function vind({ database }: Omgeving, { gebruiker, pad }: Verzoek<unknown>): Promise<Gebruikeroverzicht> {
  const wie = await leesEenGebruiker(database.pool, gezag(gebruiker), pad.gebruiker ?? '');
  if (!wie) throw new KnooppuntFout('nietGevonden');
  return wie;
}

async function wijzigKeuze({ routering }: Omgeving, wie: Gebruikeroverzicht): Promise<Rechtkeuze> {
  const vanOrganisatie = await dienstenVanOrganisatie(routering, wie.organisatie);
  const rollen = rollenVoor(wie.organisatie);
  const diensten = dienstenVoor(wie.rol, vanOrganisatie);
  return { rollen, diensten, rol: wie.rol, gekozen: wie.diensten };
}

const lijst = ({ database }: Omgeving): Pagina =>
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

function nieuw(omgeving: Omgeving): readonly Pagina[] {
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

function een(omgeving: Omgeving): readonly Pagina[] {
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

interface Handeling {
  readonly pad: string;
  readonly id: readonly [vraag: string, doe: string];
  readonly tekst: { readonly titel: string; readonly uitleg: string; readonly doe: string; readonly gevaar?: boolean };
  readonly doe: (omgeving: Omgeving, opdracht: Beheeropdracht, wie: Gebruikeroverzicht) => Promise<Uitkomst>;
}

/** What is done to a user with a reason alone. */
const HANDELINGEN: readonly Handeling[] = [
  {
    pad: 'code',
    id: ['gebruikerCode', 'gebruikerCodeMaken'],
    tekst: {
      titel: 'Nieuwe code maken',
      uitleg:
        'Voor wie de code kwijt is, of een ander inlogmiddel kreeg. Een code die er nog is, werkt dan niet meer. Zodra de nieuwe is gebruikt, werkt het oude inlogmiddel niet meer.',
      doe: 'Code maken',
    },
    doe: async (omgeving, van, wie) => codescherm(wie.naam, await nodigOpnieuwUit(omgeving, van, wie.id)),
  },
  {
    pad: 'intrekken',
    id: ['gebruikerWeg', 'gebruikerIntrekken'],
    tekst: {
      titel: 'Toegang intrekken',
      uitleg:
        'De gebruiker wordt meteen uitgelogd en kan niet meer inloggen. Dit kunt u niet ongedaan maken; opnieuw uitnodigen kan wel.',
      doe: 'Intrekken',
      gevaar: true,
    },
    async doe(omgeving, van, wie) {
      await trekGebruikerIn(omgeving, van, wie.id);
      return { naar: GEBRUIKERS, melding: { soort: 'ok', tekst: `De toegang van ${wie.naam} is ingetrokken.` } };
    },
  },
];

function handeling(omgeving: Omgeving, { pad, id, tekst, doe }: Handeling): readonly Pagina[] {
  const gedeeld = { pad: `${PAD}/:gebruiker/${pad}`, toegang: 'gebruikersbeheer' } as const;
  return [
    pagina({
      ...gedeeld,
      methode: 'get',
      id: id[0],
      voer: async (verzoek) => vraagscherm(verzoek.sessie, await vind(omgeving, verzoek), { ...tekst, pad }, SCHOON),
    }),
    pagina<unknown, z.infer<typeof Reden>>({
      ...gedeeld,
      methode: 'post',
      id: id[1],
      formulierSchema: Reden,
      async voer(verzoek) {
        const { gebruiker, sessie, formulier } = verzoek;
        const wie = await vind(omgeving, verzoek);
        return ofBezwaar(
          verzoek,
          async (opnieuw) => vraagscherm(sessie, wie, { ...tekst, pad }, opnieuw),
          formulier && (() => doe(omgeving, opdracht(gebruiker, formulier.reden), wie)),
        );
      },
    }),
  ];
}

export const gebruikerPaginas = (omgeving: Omgeving): readonly Pagina[] => [
  lijst(omgeving),
  ...nieuw(omgeving),
  ...een(omgeving),
  ...HANDELINGEN.flatMap((een) => handeling(omgeving, een)),
];
