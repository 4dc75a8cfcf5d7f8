/** Every bound of the socket edge, with its unit. */

export interface SocketLimits {
  readonly connectionsMax: number;
  readonly connectionsPerUserMax: number;
  /** Sockets of one client address that nobody was welcomed on, or that wait for the peer's answer to a close. */
  readonly unwelcomedPerAddressMax: number;
  /** How long a peer may leave a close unanswered before its socket is forgotten. */
  readonly closeAnswerMsMax: number;
  readonly helloWaitMsMax: number;
  /** Frames kept while a `hello` is being checked. */
  readonly framesBeforeWelcomeMax: number;
  readonly textFrameBytesMax: number;
  readonly framesPerSecondMax: number;
  /** Frames that may come at once after a silence; a resuming client sends its joins and open commands together. */
  readonly framesBurstMax: number;
  /** Frames over the rate, one after the other, that end the socket. */
  readonly framesOverRateMax: number;
  readonly channelsMax: number;
  readonly commandsInFlightMax: number;
  /** Bytes left in the runtime's buffer above which frames wait in the socket's own queue. */
  readonly runtimeBufferBytesMax: number;
  /** Bytes of the socket's own queue above which a channel is cut and resynchronised. */
  readonly queueBytesMax: number;
  /** Frames that follow another within so long leave as one message, to peers that take bursts. */
  readonly burstWindowMs: number;
  /** Over this rate of messages, all sockets together, moments grow up to this length. */
  readonly burstMessagesPerMsMax: number;
  readonly burstWindowMsMax: number;
  readonly drainPollMs: number;
  /** Time without one byte leaving, while some wait, that ends the socket. */
  readonly stalledMsMax: number;
  /** Broadcasts kept while the answer to a `join` is on its way. */
  readonly heldBroadcastsMax: number;
  /** Tries to take up a channel again that the runtime has dropped. */
  readonly rejoinTriesMax: number;
  readonly rejoinWaitMs: number;
  readonly presenceWaitMs: number;
  /** People named in one presence list; the rest are only counted. */
  readonly presenceListedMax: number;
  /** A peer that leaves a transport ping unanswered for about this long is gone. */
  readonly heartbeatSeconds: number;
  /** A client that said when it will next be heard is silent so long after that. */
  readonly silenceSlackMs: number;
  /** Bytes of a stream's newest messages kept for a reader that lost them on the way. */
  readonly streamReplayBytesMax: number;
  /** A stream that nobody reads for so long is over. */
  readonly streamGapMsMax: number;
  readonly streamHeartbeatMs: number;
  /** A client that posts nothing for so long is gone; pages in the background send a ping a minute at least. */
  readonly streamSilenceMsMax: number;
  readonly cameraFrameBytesMax: number;
  readonly cameraFramesPerSecondMax: number;
  /** Learners whose newest frame waits for their rate to allow it. */
  readonly cameraFramesWaitingMax: number;
  /** A capture time further back than this is taken as this; clients' clocks are often wrong. */
  readonly cameraAgeMsMax: number;
  readonly consentCacheMs: number;
}

export const DEFAULT_SOCKET_LIMITS: SocketLimits = {
  connectionsMax: 10_000,
  connectionsPerUserMax: 10,
  // A school that comes back after a restart, all behind one address, is between upgrade and welcome at once.
  unwelcomedPerAddressMax: 500,
  closeAnswerMsMax: 5_000,
  helloWaitMsMax: 5_000,
  framesBeforeWelcomeMax: 130,
  textFrameBytesMax: 64 * 1024,
  framesPerSecondMax: 60,
  framesBurstMax: 240,
  framesOverRateMax: 200,
  channelsMax: 64,
  commandsInFlightMax: 64,
  runtimeBufferBytesMax: 128 * 1024,
  queueBytesMax: 256 * 1024,
  burstWindowMs: 1,
  burstMessagesPerMsMax: 15,
  burstWindowMsMax: 75,
  drainPollMs: 15,
  stalledMsMax: 20_000,
  heldBroadcastsMax: 512,
  rejoinTriesMax: 6,
  rejoinWaitMs: 250,
  presenceWaitMs: 100,
  presenceListedMax: 100,
  heartbeatSeconds: 30,
  // With the shipped client's second it stays well within the grace that pens down leaves.
  silenceSlackMs: 1_000,
  streamReplayBytesMax: 64 * 1024,
  streamGapMsMax: 15_000,
  streamHeartbeatMs: 15_000,
  streamSilenceMsMax: 120_000,
  cameraFrameBytesMax: 512 * 1024,
  cameraFramesPerSecondMax: 5,
  cameraFramesWaitingMax: 1_024,
  cameraAgeMsMax: 10_000,
  consentCacheMs: 30_000,
};
