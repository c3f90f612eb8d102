"use strict";
// PeerJS' own server with its defaults, except that it may hold as many clients as the others (its default is 5,000).
const { PeerServer } = require("peer");

PeerServer({ host: "127.0.0.1", port: 0, concurrent_limit: 20_000 }, (server) =>
  console.log(`listening on http://127.0.0.1:${server.address().port}`));
