/** Refusals of the portal; part of the registry in fouten.ts. */
export const PORTAAL_WEIGERINGEN = {
  nietBevoegdPagina: {
    http: 403,
    fout: null,
    titel: 'U hebt geen toegang tot deze pagina.',
    opnieuw: false,
  },
  formulierVerlopen: {
    http: 403,
    fout: null,
    titel: 'Dit formulier is verlopen: open de pagina opnieuw en vul het nog eens in.',
    opnieuw: false,
  },
} as const;
