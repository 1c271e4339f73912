// A server that hands out tokens (/token), asks for them (/api) and tells what it was asked (/asked). Prints its port.
const OAuth2Server = require('@node-oauth/oauth2-server');
const { Request, Response } = OAuth2Server;

const clients = [
    { id: 'machine', secret: 'se:cr+et &%', grants: ['client_credentials'], accessTokenLifetime: 3600 },
    { id: 'app', secret: 'app secret', grants: ['password'], accessTokenLifetime: 3600 },
];
const tokens = new Map(), asked = [];
let number = 0;

const server = new OAuth2Server({
    model: {
        getClient: async (id, secret) => clients.find((it) => it.id === id && it.secret === secret),
        getUserFromClient: async ({ id }) => ({ name: id }),
        getUser: async (name, password) => (name === 'ann' && password === 'pass&word' ? { name } : null),
        validateScope: async (user, client, scope = ['none']) => (scope.includes('admin') ? false : scope),
        generateAccessToken: async () => `token-${(number += 1)}`,
        saveToken: async (token, client, user) => {
            const saved = { ...token, client, user };
            tokens.set(token.accessToken, saved);
            return saved;
        },
        getAccessToken: async (text) => tokens.get(text),
    },
});

async function answer(incoming, body) {
    const url = new URL(incoming.url, 'http://localhost'), query = Object.fromEntries(url.searchParams);
    const request = new Request({ headers: incoming.headers, method: incoming.method, query, body: Object.fromEntries(new URLSearchParams(body)) });
    const response = new Response();
    switch (url.pathname) {
        case '/token':
            asked.push({ query, headers: incoming.headers, body });
            await server.token(request, response);
            return response;
        case '/api': {
            const { accessToken, scope, user } = await server.authenticate(request, response, { allowBearerTokensInQueryString: true });
            return { body: { accessToken, scope, user: user.name } };
        }
        case '/asked':
            return { body: asked };
        default:
            return { status: 404, body: {} };
    }
}

const http = require('http').createServer((incoming, outgoing) => {
    const chunks = [];
    incoming.on('data', (chunk) => chunks.push(chunk));
    incoming.on('end', () => answer(incoming, String(Buffer.concat(chunks)))
        .catch(({ code, name, message }) => ({ status: code || 500, body: { error: name, error_description: message } }))
        .then(({ status = 200, headers = {}, body }) => {
            outgoing.writeHead(status, { ...headers, 'content-type': 'application/json' });
            outgoing.end(JSON.stringify(body));
        }));
});
http.listen(0, '127.0.0.1', () => process.stdout.write(`${http.address().port}\n`));
// It ends with the test.
process.stdin.on('end', () => process.exit()).resume();
