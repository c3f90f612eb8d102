// @ts-check

/** @typedef {'microphone' | 'camera'} Device */

/** @type {Record<Device, MediaStreamConstraints>} */
const WANTED = {
  microphone: { audio: { echoCancellation: true, noiseSuppression: true } },
  camera: { video: { width: { ideal: 1280 }, height: { ideal: 720 }, facingMode: 'user' } },
};

/**
 * This person's microphone, camera and screen. A muted microphone stays open, so that unmuting is instant; a camera that
 * is off is closed, so that its light goes out.
 *
 * Events: `change`; `problem` with `{ device, problem }`, when a device could not be had.
 */
export class LocalMedia extends EventTarget {
  /** @type {MediaStreamTrack | null} */ #microphone = null;
  /** @type {MediaStreamTrack | null} */ #camera = null;
  /** @type {MediaStreamTrack | null} */ #screen = null;
  #shown = new MediaStream();
  /** One change after another: a second click while the browser asks must not open a device twice. */
  #work = Promise.resolve();

  /** The track to send as audio, also while it is muted. */
  get audioTrack() {
    return this.#microphone;
  }

  /** The track to send as video: the screen while it is shared, the camera otherwise. */
  get videoTrack() {
    return this.#screen ?? this.#camera;
  }

  /** What is switched on, by the names of the protocol's resources. */
  get enabled() {
    return {
      microphone: this.#microphone?.enabled ?? false,
      video: this.#camera !== null,
      screen: this.#screen !== null,
    };
  }

  /** What this person sees of themselves: always the same stream, without sound. */
  get preview() {
    return this.#shown;
  }

  get canShareScreen() {
    return navigator.mediaDevices?.getDisplayMedia !== undefined;
  }

  /** Asks for both devices with one question, and for each by itself if that fails: one of them may be there. */
  start() {
    return this.#inTurn(async () => {
      try {
        this.#take(await capture({ ...WANTED.microphone, ...WANTED.camera }));
      } catch {
        await this.#open('microphone');
        await this.#open('camera');
      }
    });
  }

  /** @param {boolean} on */
  setMicrophone(on) {
    return this.#inTurn(async () => {
      if (on && this.#microphone === null) await this.#open('microphone');
      if (this.#microphone !== null) this.#microphone.enabled = on;
      this.#changed();
    });
  }

  /** @param {boolean} on */
  setCamera(on) {
    return this.#inTurn(async () => {
      if (on && this.#camera === null) await this.#open('camera');
      if (!on) {
        this.#camera?.stop();
        this.#camera = null;
      }
      this.#changed();
    });
  }

  /** @param {boolean} on */
  setScreen(on) {
    return this.#inTurn(async () => {
      this.#screen?.stop();
      this.#screen = on ? await captureScreen() : null;
      if (this.#screen !== null) this.#screen.onended = () => this.setScreen(false);
      this.#changed();
    });
  }

  /** @param {() => Promise<void>} change */
  #inTurn(change) {
    this.#work = this.#work.then(change);
    return this.#work;
  }

  /** @param {Device} device */
  async #open(device) {
    try {
      this.#take(await capture(WANTED[device]));
    } catch (error) {
      const problem = error instanceof Error ? error.name : '';
      this.dispatchEvent(new CustomEvent('problem', { detail: { device, problem } }));
    }
  }

  /** @param {MediaStream} stream */
  #take(stream) {
    const [microphone = this.#microphone] = stream.getAudioTracks();
    const [camera = this.#camera] = stream.getVideoTracks();
    this.#microphone = microphone;
    this.#camera = camera;
    // A device that is unplugged ends its track.
    if (microphone !== null) microphone.onended = () => { this.#microphone = null; this.#changed(); };
    if (camera !== null) camera.onended = () => { this.#camera = null; this.#changed(); };
    this.#changed();
  }

  #changed() {
    const video = this.videoTrack;
    for (const track of this.#shown.getTracks()) {
      if (track !== video) this.#shown.removeTrack(track);
    }
    if (video !== null) this.#shown.addTrack(video);
    this.dispatchEvent(new Event('change'));
  }
}

/**
 * @param {MediaStreamConstraints} constraints
 * @returns {Promise<MediaStream>}
 */
async function capture(constraints) {
  if (navigator.mediaDevices === undefined) throw new DOMException('No secure context', 'InsecureContext');
  return navigator.mediaDevices.getUserMedia(constraints);
}

/** @returns {Promise<MediaStreamTrack | null>} Null if the person has closed the browser's chooser: that is no problem to tell. */
async function captureScreen() {
  const stream = await navigator.mediaDevices.getDisplayMedia({ video: true }).catch(() => null);
  return stream?.getVideoTracks()[0] ?? null;
}
