import type { FastifyInstance } from 'fastify';

/** Every route that a server answers, as `METHOD /path`, read from its router and not from what we think it has. HEAD is left out. */
export function routesOf(app: FastifyInstance): string[] {
  const above: string[] = [];
  const routes: string[] = [];
  for (const line of app.printRoutes({ commonPrefix: false }).split('\n')) {
    const [, indent = '', segment = '', methods = ''] =
      /^([\s│]*)[├└]── (.*) \(([A-Z, ]+)\)$/.exec(line) ?? [];
    if (segment === '') continue;
    const depth = indent.length / 4;
    above.length = depth;
    above.push(segment);
    for (const method of methods.split(', ').filter((each) => each !== 'HEAD')) {
      routes.push(`${method} ${above.join('')}`);
    }
  }
  return routes.sort();
}
