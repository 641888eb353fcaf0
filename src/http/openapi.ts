/** The OpenAPI 3.1 document, made from the routes and their schemas. */
import { z } from 'zod';
import type { Antwoord, Route } from './route.ts';
import { ProbleemSchema } from './schemas.ts';

/** Version of the API, also in the header API-Version of every answer. */
export const API_VERSIE = '1.0.0';

type Json = Record<string, unknown>;

const naamVan = (schema: z.ZodType): string | undefined => schema.meta()?.id as string | undefined;

/** A reference for a schema with a name, the schema itself for one without. No schema holds another that has a name. */
function verwijzing(schema: z.ZodType, componenten: Map<string, Json>, io: 'input' | 'output'): Json {
  const { $schema: _, $defs, ...json } = z.toJSONSchema(schema, { io, target: 'draft-2020-12' }) as Json;
  const naam = naamVan(schema);
  if (!naam) return json;
  // zod puts a schema with an id under $defs, which in an OpenAPI document has another place.
  const { id: __, ...eigen } = ($defs as Record<string, Json> | undefined)?.[naam] ?? json;
  componenten.set(naam, eigen);
  return { $ref: `#/components/schemas/${naam}` };
}

function parameters(schema: z.ZodType | undefined, plaats: 'path' | 'query'): Json[] {
  if (!schema) return [];
  const json = z.toJSONSchema(schema, { io: 'input' }) as { properties?: Record<string, Json>; required?: string[] };
  return Object.entries(json.properties ?? {}).map(([name, eigenschap]) => ({
    name,
    in: plaats,
    required: plaats === 'path' || (json.required ?? []).includes(name),
    schema: eigenschap,
  }));
}

function response(
  { status, schema, type = 'application/json', ookTypen = [], uitleg }: Antwoord,
  componenten: Map<string, Json>,
): Json {
  const inhoud = schema ? verwijzing(schema, componenten, 'output') : { type: 'string', format: 'binary' };
  const anders = Object.fromEntries(ookTypen.map((naam) => [naam, { schema: { type: 'string' } }]));
  return {
    [status]: {
      description: uitleg,
      headers: { 'API-Version': { description: 'Versie van de API', schema: { type: 'string' } } },
      ...((schema || type !== 'application/json') && { content: { [type]: { schema: inhoud }, ...anders } }),
    },
  };
}

function operatie(route: Route, componenten: Map<string, Json>): Json {
  const lijf = route.inhoudSchema
    ? { 'application/json': { schema: verwijzing(route.inhoudSchema, componenten, 'input') } }
    : route.inhoudTypen &&
      Object.fromEntries(route.inhoudTypen.map((type) => [type, { schema: { type: 'string', format: 'binary' } }]));
  return {
    operationId: route.id,
    summary: route.samenvatting,
    parameters: [
      ...parameters(route.padSchema, 'path'),
      ...parameters(route.vraagSchema, 'query'),
      ...Object.entries(route.koppen ?? {}).map(([name, description]) => ({
        name,
        in: 'header',
        description,
        schema: { type: 'string' },
      })),
    ],
    ...(lijf && { requestBody: { required: route.inhoudSchema?.safeParse({}).success !== true, content: lijf } }),
    responses: {
      ...response(route.antwoord, componenten),
      ...(route.ookAntwoord && response(route.ookAntwoord, componenten)),
      default: {
        description: 'Weigering',
        content: { 'application/problem+json': { schema: verwijzing(ProbleemSchema, componenten, 'output') } },
      },
    },
  };
}

/** How one can show who one is here, besides a token of any kind. */
export interface Aanmeldwegen {
  /** Scopes of the built-in issuer; undefined: it is turned off. */
  readonly scopes: Readonly<Record<string, string>> | undefined;
  readonly certificaten: boolean;
}

function beveiliging({ scopes, certificaten }: Aanmeldwegen): Record<string, Json> {
  const bearer = {
    type: 'http',
    scheme: 'bearer',
    description: 'Een access token, of een token uit het clientbestand',
  };
  const flows = { clientCredentials: { tokenUrl: '/oauth/token', scopes } };
  return {
    bearer,
    ...(scopes && { oauth2: { type: 'oauth2', description: 'Tokens van vijf minuten van het knooppunt zelf', flows } }),
    ...(certificaten && {
      certificaat: { type: 'mutualTLS', description: 'Een certificaat met het OIN van de client' },
    }),
  };
}

/** @returns the document for these routes */
export function openapi(routes: readonly Route[], wegen: Aanmeldwegen): Json {
  const componenten = new Map<string, Json>();
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    paths[route.pad] = { ...paths[route.pad], [route.methode]: operatie(route, componenten) };
  }
  const securitySchemes = beveiliging(wegen);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Knooppunt',
      version: API_VERSIE,
      description: 'Open knooppunt voor iWmo- en iJw-berichten tussen gemeenten en zorgaanbieders.',
      license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' },
    },
    servers: [{ url: '/' }],
    // Any one of them is enough.
    security: Object.keys(securitySchemes).map((naam) => ({ [naam]: [] })),
    paths,
    components: {
      schemas: Object.fromEntries([...componenten].sort(([a], [b]) => a.localeCompare(b))),
      securitySchemes,
    },
  };
}
