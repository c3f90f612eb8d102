// What a page does with PeerJS: opens a peer, takes every connection and call, and keeps what it hears.
const heard = [];
const connections = new Map();
const calls = new Map();
let peer;

/** Opens a peer. Resolves to its id, or to "error " and the type of the error. */
function open(id, options) {
  peer = new Peer(id ?? undefined, { path: "/", config: { iceServers: [] }, ...options });
  for (const name of ["open", "disconnected", "close"]) peer.on(name, () => heard.push(name));
  peer.on("error", error => heard.push(`error ${error.type}`));
  peer.on("connection", keep);
  peer.on("call", async call => {
    keepCall(call);
    call.answer(await camera());
  });
  return new Promise(resolve => {
    peer.once("open", resolve);
    peer.once("error", error => resolve(`error ${error.type}`));
  });
}

function keep(connection) {
  connections.set(connection.peer, connection);
  connection.on("open", () => heard.push(`connected ${connection.peer}`));
  connection.on("data", data => heard.push(`data ${connection.peer} ${JSON.stringify(data)}`));
  connection.on("iceStateChanged", state => heard.push(`ice ${connection.peer} ${state}`));
  connection.on("close", () => heard.push(`gone ${connection.peer}`));
}

function keepCall(call) {
  calls.set(call.peer, call);
  call.on("stream", stream => {
    const video = document.querySelector("video");
    video.srcObject = stream;
    heard.push(`stream ${call.peer} ${stream.getTracks().map(track => track.kind).sort()}`);
  });
  call.on("close", () => heard.push(`call over ${call.peer}`));
}

const camera = () => navigator.mediaDevices.getUserMedia({ audio: true, video: true });
const connect = id => keep(peer.connect(id, { reliable: true }));
const send = (id, data) => connections.get(id).send(data);
const call = async id => keepCall(peer.call(id, await camera()));
const hangUp = id => calls.get(id).close();
const frames = () => document.querySelector("video").getVideoPlaybackQuality().totalVideoFrames;
const listPeers = () => new Promise(resolve => peer.listAllPeers(resolve));
