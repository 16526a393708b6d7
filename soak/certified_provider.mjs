// A certified OpenID provider on a free port of this machine. It reads what it is told from a file, anew each time:
// {"people": {"erika": ["lenkung"]}, "slow_hours": 0}. Its first line says where it is.
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import Provider from 'oidc-provider';

const [state, callback] = process.argv.slice(2);
const told = () => JSON.parse(readFileSync(state, 'utf8'));
const server = createServer();
server.listen(0, '127.0.0.1', () => {
  const address = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(address, {
    clients: [{
      client_id: 'sipa',
      client_secret: 'geheim',
      redirect_uris: [callback],
      post_logout_redirect_uris: [callback],
      grant_types: ['authorization_code'],
      response_types: ['code'],
    }],
    claims: { openid: ['sub'], profile: ['groups'] },
    conformIdTokenClaims: false, // groups stand in the ID token, as cities set it up
    ttl: { AccessToken: 8 * 3600, Grant: 8 * 3600, IdToken: 3600, Interaction: 600, Session: 8 * 3600 },
    findAccount: (_, id) => (id in told().people
      ? { accountId: id, claims: () => ({ sub: id, groups: told().people[id] }) }
      : undefined),
    async loadExistingGrant(ctx) { // nobody is asked for consent to their own city's service
      const grant = new ctx.oidc.provider.Grant({
        clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId,
      });
      grant.addOIDCScope('openid profile');
      await grant.save();
      return grant;
    },
  });
  provider.use(async (ctx, next) => { // a provider whose clock is slow hands out tokens that have run out
    const right = Date.now;
    if (ctx.path === '/token') Date.now = () => right() - told().slow_hours * 3600 * 1000;
    try { await next(); } finally { Date.now = right; }
  });
  server.on('request', provider.callback());
  console.log(address);
});
