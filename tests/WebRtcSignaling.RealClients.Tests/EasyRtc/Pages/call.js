// What a page of EasyRTC does, by the public functions that its releases from 1.1.0 to 2.1.8 have in common.
// Everything that the tests look at is in `seen`.
const seen = {
  id: null, error: null, others: {}, streams: 0, streamsClosed: 0, accepted: null, callError: null,
  channels: [], channelsClosed: 0, data: [], messages: [], roomEntries: [],
};
const query = new URLSearchParams(location.search);
const media = query.get("media") === "video";

function connectPage() {
  easyrtc.enableDebug(true); // It tells on the console what a test that fails shows.
  easyrtc.setRoomOccupantListener((room, occupants) => { seen.others[room] = Object.values(occupants || {}); });
  easyrtc.setRoomEntryListener((entered, room) => { seen.roomEntries.push(`${entered ? "in" : "out"} ${room}`); });
  easyrtc.setPeerListener((from, type, data, targeting) => { seen.messages.push({ from, type, data, targeting }); });
  easyrtc.setAcceptChecker((id, callback) => { seen.accepted = id; callback(true); });
  easyrtc.setOnError((error) => { seen.error = error; });
  easyrtc.setUsername(query.get("name"));
  const done = (id) => { seen.id = id; };
  const failed = (code, text) => { seen.error = { code, text }; };
  if (media) {
    easyrtc.setVideoDims(320, 240);
    easyrtc.setStreamAcceptor((id, stream) => {
      seen.streams++;
      easyrtc.setVideoObjectSrc(document.getElementById("caller"), stream);
    });
    easyrtc.setOnStreamClosed(() => { seen.streamsClosed++; });
    easyrtc.initMediaSource(() => {
      easyrtc.setVideoObjectSrc(document.getElementById("self"), easyrtc.getLocalStream());
      easyrtc.connect(query.get("app"), done, failed);
    }, failed);
  } else {
    easyrtc.enableDataChannels(true);
    easyrtc.enableVideo(false);
    easyrtc.enableAudio(false);
    easyrtc.enableVideoReceive(false);
    easyrtc.enableAudioReceive(false);
    easyrtc.setDataChannelOpenListener((id) => { seen.channels.push(id); });
    easyrtc.setDataChannelCloseListener(() => { seen.channelsClosed++; });
    easyrtc.connect(query.get("app"), done, failed);
  }
}

function callPage(id) {
  easyrtc.call(id, () => { }, (code, text) => { seen.callError = { code, text }; });
}

// How many frames of the other's picture have been shown.
function frames() {
  return document.getElementById("caller").getVideoPlaybackQuality().totalVideoFrames;
}

function idsIn(room) {
  return (seen.others[room] || []).map((one) => one.easyrtcid);
}

window.addEventListener("load", connectPage);
