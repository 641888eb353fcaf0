/** The refusals of what is no request that we know, and of what the keys do not allow: a part of the registry in fouten.ts, which says what a row means. The chain has no codes for them. */
export const HTTP_WEIGERINGEN = {
  sleutelNietTeVerwijderen: { http: 409, fout: null, titel: 'Deze sleutel kan niet weg.', opnieuw: false },
  nietBevoegdLandelijk: {
    http: 403,
    fout: null,
    titel: 'De landelijke cijfers zijn alleen voor wie daarvoor is aangewezen.',
    opnieuw: false,
  },
  koppenTeGroot: { http: 431, fout: null, titel: 'De koppen van het verzoek zijn te groot.', opnieuw: false },
  verzoekTeTraag: { http: 408, fout: null, titel: 'Het verzoek kwam te langzaam binnen.', opnieuw: false },
  nietGevonden: { http: 404, fout: null, titel: 'Niet gevonden.', opnieuw: false },
  methodeNietToegestaan: { http: 405, fout: null, titel: 'Deze methode is hier niet toegestaan.', opnieuw: false },
} as const;
